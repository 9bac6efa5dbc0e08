import { z } from 'zod';
import { isLocked } from '../../actions/runner';
import { isos } from '../../catalogue/isos';
import { locationNamed } from '../../catalogue/locations';
import { includedTraffic } from '../../catalogue/prices';
import { serverTypeNamed } from '../../catalogue/serverTypes';
import type { CallContext } from '../../operation';
import { timestamp } from '../../requestFields';
import { ipv4DnsPtr, reverseDnsAnswer, reverseDnsView } from '../../reverseDns';
import { firewallsOfServer } from '../firewalls/membership';
import { imageAnswer, imageView, imageWithId } from '../images/image';
import { isoAnswer, isoView } from '../isos';
import { loadBalancersOfServer } from '../loadBalancers/membership';
import { locationAnswer } from '../locations';
import { placementGroupAnswer, placementGroupView } from '../placementGroups';
import { serverTypeAnswer, serverTypeView } from '../serverTypes';
import { isRescueEnabled, Server } from './server';

/** A server as the API answers it. */
export const serverAnswer = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  created: z.string(),
  public_net: z.object({
    ipv4: z
      .object({
        id: z.int(),
        ip: z.string(),
        blocked: z.boolean(),
        dns_ptr: z.string(),
      })
      .nullable(),
    ipv6: z
      .object({
        id: z.int(),
        ip: z.string(),
        blocked: z.boolean(),
        dns_ptr: reverseDnsAnswer,
      })
      .nullable(),
    floating_ips: z.array(z.int()),
    firewalls: z.array(
      z.object({ id: z.int(), status: z.enum(['applied', 'pending']) }),
    ),
  }),
  private_net: z.array(
    z.object({
      network: z.int(),
      ip: z.string(),
      alias_ips: z.array(z.string()),
      mac_address: z.string(),
    }),
  ),
  server_type: serverTypeAnswer,
  location: locationAnswer,
  image: imageAnswer.nullable(),
  iso: isoAnswer.nullable(),
  rescue_enabled: z.boolean(),
  locked: z.boolean(),
  backup_window: z.string().nullable(),
  outgoing_traffic: z.int().nullable(),
  ingoing_traffic: z.int().nullable(),
  included_traffic: z.int().nullable(),
  protection: z.object({ delete: z.boolean(), rebuild: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  volumes: z.array(z.int()),
  load_balancers: z.array(z.int()),
  primary_disk_size: z.int(),
  placement_group: placementGroupAnswer.nullable(),
});

/** A server as the API answers it. */
export function serverView(
  server: Server,
  { cloud, project, now }: CallContext,
): z.infer<typeof serverAnswer> {
  const { settings } = cloud;
  const group =
    server.placementGroup === null
      ? undefined
      : project.placementGroups.get(server.placementGroup);
  const primaryIp = (type: 'ipv4' | 'ipv6') => {
    const id = server[type];
    return id === null ? undefined : project.primaryIps.get(id);
  };
  const iso = isos.find(({ id }) => id === server.iso);
  const image = imageWithId(project, server.image);
  const ipv4 = primaryIp('ipv4');
  const ipv6 = primaryIp('ipv6');
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    created: timestamp(server.created),
    public_net: {
      ipv4: ipv4
        ? {
            id: ipv4.id,
            ip: ipv4.ip,
            blocked: false,
            dns_ptr: ipv4DnsPtr(ipv4),
          }
        : null,
      ipv6: ipv6
        ? {
            id: ipv6.id,
            ip: ipv6.ip,
            blocked: false,
            dns_ptr: reverseDnsView(ipv6),
          }
        : null,
      floating_ips: [...project.floatingIps.values()]
        .filter(floatingIp => floatingIp.server === server.id)
        .map(({ id }) => id),
      firewalls: firewallsOfServer(project, server.id, now, settings.speed),
    },
    private_net: server.privateNets.map(
      ({ network, ip, aliasIps, macAddress }) => ({
        network,
        ip,
        alias_ips: aliasIps,
        mac_address: macAddress,
      }),
    ),
    server_type: serverTypeView(serverTypeNamed(server.serverType), cloud),
    location: locationNamed(server.location),
    image: image ? imageView(image) : null,
    iso: iso ? isoView(iso) : null,
    rescue_enabled: isRescueEnabled(server, now, settings.speed),
    locked: isLocked(project, 'server', server.id),
    backup_window: server.backupWindow,
    outgoing_traffic: null,
    ingoing_traffic: null,
    included_traffic: includedTraffic(server.serverType),
    protection: server.protection,
    labels: server.labels,
    volumes: [...project.volumes.values()]
      .filter(volume => volume.server === server.id)
      .map(({ id }) => id),
    load_balancers: loadBalancersOfServer(project, server),
    primary_disk_size: server.diskSize,
    placement_group: group ? placementGroupView(group, project) : null,
  };
}
