"""Uses the unmodified hcloud package against the API at HCLOUD_ENDPOINT.

Makes, reads, selects, changes, protects and deletes one of each kind, and ends
with a word on standard output when all of it was as the package expects.
"""

import os
import sys
from datetime import datetime, timedelta, timezone

from hcloud import APIException, Client
from hcloud.firewalls import FirewallResource, FirewallResourceLabelSelector, FirewallRule
from hcloud.images import Image
from hcloud.load_balancer_types import LoadBalancerType
from hcloud.load_balancers import (
    LoadBalancerCreatePublicNetwork,
    LoadBalancerService,
    LoadBalancerTarget,
    LoadBalancerTargetLabelSelector,
)
from hcloud.locations import Location
from hcloud.networks import NetworkRoute, NetworkSubnet
from hcloud.server_types import ServerType
from hcloud.servers import ServerCreatePublicNetwork

client = Client(
    token=os.environ["HCLOUD_TOKEN"],
    api_endpoint=os.environ["HCLOUD_ENDPOINT"],
    poll_interval=0.005,
    poll_max_retries=5000,
)
WEB = {"role": "web"}
PLACE = Location(name="fsn1")


def same(found, wanted):
    if found != wanted:
        sys.exit(f"found {found!r} instead of {wanted!r}")


def refused(code, call, *args, **kwargs):
    """Ends the program unless a call is refused with a code."""
    try:
        call(*args, **kwargs)
    except APIException as error:
        same((error.code, bool(error.correlation_id)), (code, True))
    else:
        sys.exit(f"{call} was to be refused with {code}")


def done(response):
    """Waits for every action of an answer and hands the answer on."""
    for action in [getattr(response, "action", None)] + list(
        getattr(response, "next_actions", None) or getattr(response, "actions", None) or []
    ):
        if action is not None:
            action.wait_until_finished()
    return response


def life(kind, resource):
    """What every kind can: be found, selected, renamed, labelled, protected."""
    same(kind.get_by_id(resource.id).name, resource.name)
    same(kind.get_by_name(resource.name).id, resource.id)
    same([other.id for other in kind.get_all(label_selector="role=web")], [resource.id])
    renamed = resource.update(name=f"{resource.name}-2", labels={"role": "db"})
    same((renamed.name, renamed.labels), (f"{resource.name}-2", {"role": "db"}))
    same(kind.get_all(label_selector="role=web"), [])
    resource.update(name=resource.name, labels=WEB)
    if hasattr(resource, "change_protection"):
        both = {"rebuild": True} if kind is client.servers else {}
        resource.change_protection(delete=True, **both).wait_until_finished()
        refused("protected", resource.delete)
        both = {"rebuild": False} if both else {}
        resource.change_protection(delete=False, **both).wait_until_finished()
    return resource


key = life(client.ssh_keys, client.ssh_keys.create("key", sys.argv[1], labels=WEB))
group = life(
    client.placement_groups,
    client.placement_groups.create("group", "spread", labels=WEB).placement_group,
)
network = client.networks.create(
    "network",
    "10.0.0.0/16",
    subnets=[NetworkSubnet(type="cloud", ip_range="10.0.1.0/24", network_zone="eu-central")],
    routes=[NetworkRoute(destination="10.100.0.0/16", gateway="10.0.1.9")],
    labels=WEB,
)
life(client.networks, network)
firewall = done(
    client.firewalls.create(
        "firewall",
        rules=[
            FirewallRule(direction="in", protocol="tcp", port="22", source_ips=["0.0.0.0/0"])
        ],
        labels=WEB,
        resources=[
            FirewallResource(
                type="label_selector",
                label_selector=FirewallResourceLabelSelector(selector="role=web"),
            )
        ],
    )
).firewall
life(client.firewalls, firewall)
ipv4 = client.primary_ips.create("ipv4", "own", location=PLACE, labels=WEB).primary_ip
same(ipv4.assignee_type, "unassigned")
life(client.primary_ips, ipv4)
volume = done(client.volumes.create(10, "volume", labels=WEB, location=PLACE)).volume
life(client.volumes, volume)
managed = done(client.certificates.create_managed("managed", ["example.com"], labels=WEB))
certificate = client.certificates.get_by_id(managed.certificate.id)
same((certificate.status.issuance, certificate.status.error), ("completed", None))
life(client.certificates, certificate)

created = done(
    client.servers.create(
        "server",
        ServerType(name="cx23"),
        Image(name="debian-13"),
        ssh_keys=[key],
        volumes=[volume],
        networks=[network],
        firewalls=[firewall],
        placement_group=group,
        labels=WEB,
        location=PLACE,
        public_net=ServerCreatePublicNetwork(ipv4=ipv4),
    )
)
same(created.root_password, None)
server = client.servers.get_by_id(created.server.id)
same((server.status, server.public_net.primary_ipv4.id), ("running", ipv4.id))
same([net.ip for net in server.private_net], ["10.0.1.1"])
same([member.status for member in network.get_member_all()], ["ok"])
same([bound.id for bound in server.volumes], [volume.id])
life(client.servers, server)

floating = done(client.floating_ips.create("ipv4", name="floating", server=server, labels=WEB))
life(client.floating_ips, floating.floating_ip)
floating.floating_ip.unassign().wait_until_finished()
image = done(server.create_image(description="before", labels=WEB)).image
same([found.id for found in client.images.get_all(type=["snapshot"])], [image.id])
image.reload()
same((image.status, image.created_from.name), ("available", "server"))
server.attach_iso(client.isos.get_all()[0]).wait_until_finished()
done(server.enable_rescue())
done(server.request_console())
now = datetime.now(timezone.utc)
metrics = server.get_metrics(["cpu"], now - timedelta(hours=1), now).metrics
same(list(metrics.time_series), ["cpu"])

balancer = done(
    client.load_balancers.create(
        "balancer",
        LoadBalancerType(name="lb11"),
        services=[LoadBalancerService(protocol="tcp", listen_port=80, destination_port=80)],
        targets=[
            LoadBalancerTarget(
                type="label_selector",
                label_selector=LoadBalancerTargetLabelSelector(selector="role=web"),
                use_private_ip=True,
            )
        ],
        labels=WEB,
        location=PLACE,
        network=network,
        public_net=LoadBalancerCreatePublicNetwork(
            ipv4=client.primary_ips.create("ipv4", "front", location=PLACE).primary_ip
        ),
    )
).load_balancer
life(client.load_balancers, balancer)
balancer.reload()
same([target.server.id for target in balancer.targets[0].targets], [server.id])
same([target.health_status[0].listen_port for target in balancer.targets[0].targets], [80])

refused("uniqueness_error", client.networks.create, "network", "10.1.0.0/16")
refused("not_found", client.servers.get_by_id, 1)
refused("must_be_unassigned", ipv4.delete)
refused("invalid_input", client.volumes.create, 1, "small", location=PLACE)

balancer.delete().action.wait_until_finished()
server.delete().wait_until_finished()
firewall.reload()
for action in firewall.remove_from_resources(
    [FirewallResource(type=to.type, label_selector=to.label_selector) for to in firewall.applied_to]
):
    action.wait_until_finished()
leftovers = [client.primary_ips.get_by_name("front"), ipv4, floating.floating_ip, image, volume]
for resource in leftovers + [firewall, network, group, key, certificate]:
    resource.delete()
for kind in (client.servers, client.primary_ips, client.floating_ips, client.volumes):
    same(kind.get_all(), [])
print("done")
