import { z } from 'zod';
import { formatIpv4, parseRange } from '../../addresses/ipv4';
import type { Project } from '../../project';
import { timestamp } from '../../requestFields';
import { membersOf } from './members';

/** A network as it is kept; its members name it, not the reverse. */
export const storedNetwork = z.object({
  id: z.int(),
  name: z.string(),
  ipRange: z.string(),
  subnets: z.array(z.object({ ipRange: z.string(), zone: z.string() })),
  routes: z.array(z.object({ destination: z.string(), gateway: z.string() })),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  exposeRoutesToVswitch: z.boolean(),
  created: z.number(),
});

/** A network as it is kept. */
export type Network = z.infer<typeof storedNetwork>;

/** A network as the API answers it. */
export const networkAnswer = z.object({
  id: z.int(),
  name: z.string(),
  ip_range: z.string(),
  subnets: z.array(
    z.object({
      type: z.enum(['cloud', 'server', 'vswitch']),
      ip_range: z.string(),
      network_zone: z.string(),
      gateway: z.string(),
      vswitch_id: z.int().nullable(),
    }),
  ),
  routes: z.array(z.object({ destination: z.string(), gateway: z.string() })),
  servers: z.array(z.int()),
  load_balancers: z.array(z.int()),
  protection: z.object({ delete: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
  expose_routes_to_vswitch: z.boolean(),
});

/** The range of a network or subnet that was checked when it was stored. */
export function storedRange({ ipRange }: { ipRange: string }) {
  const range = parseRange(ipRange);
  if (!range) throw new Error(`${ipRange} is no IPv4 range`);
  return range;
}

/**
 * The gateway of every subnet is the network's first address
 * (hetznercloud/cli v1.67, end-to-end tests).
 */
const gatewayOf = (network: Network) =>
  formatIpv4(storedRange(network).base + 1);

/** A network as the API answers it. */
export function networkView(
  network: Network,
  project: Project,
): z.infer<typeof networkAnswer> {
  const attached = membersOf(project, network.id).filter(
    ({ status }) => status !== 'attaching',
  );
  const idsOf = (type: string) =>
    attached.filter(member => member.type === type).map(({ id }) => id);
  return {
    id: network.id,
    name: network.name,
    ip_range: network.ipRange,
    subnets: network.subnets.map(({ ipRange, zone }) => ({
      type: 'cloud',
      ip_range: ipRange,
      network_zone: zone,
      gateway: gatewayOf(network),
      vswitch_id: null,
    })),
    routes: network.routes,
    servers: idsOf('server'),
    load_balancers: idsOf('load_balancer'),
    protection: network.protection,
    labels: network.labels,
    created: timestamp(network.created),
    expose_routes_to_vswitch: network.exposeRoutesToVswitch,
  };
}
