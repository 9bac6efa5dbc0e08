// Uses the unmodified hcloud-go against the API at HCLOUD_ENDPOINT: makes an
// environment, changes and deletes it, and prints a word when every answer was
// as the library expects.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

var (
	ctx    = context.Background()
	client = hcloud.NewClient(
		hcloud.WithToken(os.Getenv("HCLOUD_TOKEN")),
		hcloud.WithEndpoint(os.Getenv("HCLOUD_ENDPOINT")),
		hcloud.WithPollOpts(hcloud.PollOpts{BackoffFunc: hcloud.ConstantBackoff(5 * time.Millisecond)}),
	)
	web   = map[string]string{"role": "web"}
	place = &hcloud.Location{Name: "fsn1"}
)

func must[T any](value T, _ *hcloud.Response, err error) T {
	if err != nil {
		log.Output(2, err.Error())
		os.Exit(1)
	}
	return value
}

func check(ok bool, what string) {
	if !ok {
		log.Output(2, "not as expected: "+what)
		os.Exit(1)
	}
}

func refused(err error, code hcloud.ErrorCode) {
	check(hcloud.IsError(err, code), fmt.Sprintf("%v instead of %s", err, code))
}

// wait waits for actions, of which an answer may have none.
func wait(actions ...*hcloud.Action) {
	var started []*hcloud.Action
	for _, action := range actions {
		if action != nil {
			started = append(started, action)
		}
	}
	must(0, nil, client.Action.WaitFor(ctx, started...))
}

func cidr(text string) *net.IPNet {
	_, network, err := net.ParseCIDR(text)
	return must(network, nil, err)
}

func selected() hcloud.ListOpts { return hcloud.ListOpts{LabelSelector: "role=web"} }

func main() {
	log.SetFlags(log.Lshortfile)
	key := must(client.SSHKey.Create(ctx, hcloud.SSHKeyCreateOpts{Name: "key", PublicKey: os.Args[1], Labels: web}))
	group := must(client.PlacementGroup.Create(ctx, hcloud.PlacementGroupCreateOpts{Name: "group", Type: hcloud.PlacementGroupTypeSpread, Labels: web})).PlacementGroup
	network := must(client.Network.Create(ctx, hcloud.NetworkCreateOpts{
		Name: "network", IPRange: cidr("10.0.0.0/16"), Labels: web,
		Subnets: []hcloud.NetworkSubnet{{Type: hcloud.NetworkSubnetTypeCloud, IPRange: cidr("10.0.1.0/24"), NetworkZone: hcloud.NetworkZoneEUCentral}},
	}))
	firewall := must(client.Firewall.Create(ctx, hcloud.FirewallCreateOpts{
		Name: "firewall", Labels: web,
		Rules: []hcloud.FirewallRule{{Direction: hcloud.FirewallRuleDirectionIn, Protocol: hcloud.FirewallRuleProtocolICMP, SourceIPs: []net.IPNet{*cidr("0.0.0.0/0")}}},
	}))
	wait(firewall.Actions...)
	address := must(client.PrimaryIP.Create(ctx, hcloud.PrimaryIPCreateOpts{Name: "own", Type: hcloud.PrimaryIPTypeIPv4, Location: "fsn1", Labels: web}))
	check(address.Action == nil && address.PrimaryIP.AssigneeType == "unassigned", "a free primary IP")
	volume := must(client.Volume.Create(ctx, hcloud.VolumeCreateOpts{Name: "volume", Size: 10, Location: place, Labels: web}))
	wait(append(volume.NextActions, volume.Action)...)
	issued := must(client.Certificate.CreateCertificate(ctx, hcloud.CertificateCreateOpts{Name: "managed", Type: hcloud.CertificateTypeManaged, DomainNames: []string{"example.com"}}))
	wait(issued.Action)
	certificate := must(client.Certificate.GetByName(ctx, "managed"))
	check(certificate.Status.Issuance == hcloud.CertificateStatusTypeCompleted && certificate.Fingerprint != "", "an issued certificate")

	created := must(client.Server.Create(ctx, hcloud.ServerCreateOpts{
		Name: "server", ServerType: &hcloud.ServerType{Name: "cx23"}, Image: &hcloud.Image{Name: "debian-13"},
		Location: place, SSHKeys: []*hcloud.SSHKey{key}, Networks: []*hcloud.Network{network}, Volumes: []*hcloud.Volume{volume.Volume},
		Firewalls: []*hcloud.ServerCreateFirewall{{Firewall: *firewall.Firewall}}, PlacementGroup: group, Labels: web,
		PublicNet: &hcloud.ServerCreatePublicNet{EnableIPv4: true, EnableIPv6: true, IPv4: address.PrimaryIP},
	}))
	wait(append(created.NextActions, created.Action)...)
	server := must(client.Server.GetByName(ctx, "server"))
	check(server.Status == hcloud.ServerStatusRunning && server.PublicNet.IPv4.ID == address.PrimaryIP.ID, "a running server")
	check(server.PrivateNetFor(network).IP.String() == "10.0.1.1" && len(server.Volumes) == 1, "its network and volume")
	members := must(client.Network.ListMembers(ctx, network, hcloud.NetworkMemberListOpts{}))
	check(len(members) == 1, "the members of the network")
	found := must(client.Server.List(ctx, hcloud.ServerListOpts{ListOpts: selected()}))
	check(len(found) == 1 && found[0].ServerType.Name == "cx23", "servers by label")
	wait(must(client.Server.ChangeProtection(ctx, server, hcloud.ServerChangeProtectionOpts{Delete: hcloud.Ptr(true), Rebuild: hcloud.Ptr(true)})))
	_, _, err := client.Server.DeleteWithResult(ctx, server)
	refused(err, hcloud.ErrorCodeProtected)
	wait(must(client.Server.ChangeProtection(ctx, server, hcloud.ServerChangeProtectionOpts{Delete: hcloud.Ptr(false), Rebuild: hcloud.Ptr(false)})))
	snapshot := must(client.Server.CreateImage(ctx, server, &hcloud.ServerCreateImageOpts{Type: hcloud.ImageTypeSnapshot, Labels: web}))
	wait(snapshot.Action)
	metrics := must(client.Server.GetMetrics(ctx, server, hcloud.ServerGetMetricsOpts{
		Types: []hcloud.ServerMetricType{hcloud.ServerMetricCPU}, Start: time.Now().Add(-time.Hour), End: time.Now(),
	}))
	check(metrics.TimeSeries["cpu"] != nil, "metrics")
	floating := must(client.FloatingIP.Create(ctx, hcloud.FloatingIPCreateOpts{Type: hcloud.FloatingIPTypeIPv6, Server: server, Name: hcloud.Ptr("floating")}))
	wait(floating.Action)
	wait(must(client.FloatingIP.Unassign(ctx, floating.FloatingIP)))

	balancer := must(client.LoadBalancer.Create(ctx, hcloud.LoadBalancerCreateOpts{
		Name: "balancer", LoadBalancerType: &hcloud.LoadBalancerType{Name: "lb21"}, NetworkZone: hcloud.NetworkZoneEUCentral, Network: network, Labels: web,
		Services: []hcloud.LoadBalancerCreateOptsService{{Protocol: hcloud.LoadBalancerServiceProtocolTCP, ListenPort: hcloud.Ptr(80), DestinationPort: hcloud.Ptr(80)}},
		Targets: []hcloud.LoadBalancerCreateOptsTarget{{
			Type: hcloud.LoadBalancerTargetTypeLabelSelector, LabelSelector: hcloud.LoadBalancerCreateOptsTargetLabelSelector{Selector: "role=web"}, UsePrivateIP: hcloud.Ptr(true),
		}},
	}))
	wait(balancer.Action)
	inService := must(client.LoadBalancer.GetByName(ctx, "balancer"))
	check(len(inService.Targets[0].Targets) == 1 && inService.PublicNet.IPv4.IP != nil, "a load balancer in service")

	_, _, err = client.Network.Create(ctx, hcloud.NetworkCreateOpts{Name: "network", IPRange: cidr("10.1.0.0/16")})
	refused(err, hcloud.ErrorCodeUniquenessError)
	_, err = client.PrimaryIP.Delete(ctx, address.PrimaryIP)
	refused(err, "must_be_unassigned")
	nobody := must(client.Server.Get(ctx, "nobody"))
	check(nobody == nil, "no server of this name")

	wait(must(client.LoadBalancer.DeleteWithResult(ctx, inService)).Action)
	wait(must(client.Server.DeleteWithResult(ctx, server)).Action)
	for _, response := range []func() (*hcloud.Response, error){
		func() (*hcloud.Response, error) { return client.Image.Delete(ctx, snapshot.Image) },
		func() (*hcloud.Response, error) { return client.FloatingIP.Delete(ctx, floating.FloatingIP) },
		func() (*hcloud.Response, error) { return client.PrimaryIP.Delete(ctx, address.PrimaryIP) },
		func() (*hcloud.Response, error) { return client.Volume.Delete(ctx, volume.Volume) },
		func() (*hcloud.Response, error) { return client.Certificate.Delete(ctx, certificate) },
		func() (*hcloud.Response, error) { return client.Firewall.Delete(ctx, firewall.Firewall) },
		func() (*hcloud.Response, error) { return client.Network.Delete(ctx, network) },
		func() (*hcloud.Response, error) { return client.PlacementGroup.Delete(ctx, group) },
		func() (*hcloud.Response, error) { return client.SSHKey.Delete(ctx, key) },
	} {
		_, err := response()
		must(0, nil, err)
	}
	check(len(must(client.PrimaryIP.List(ctx, hcloud.PrimaryIPListOpts{}))) == 0, "no primary IP is left")
	fmt.Println("done")
}
