import { z } from 'zod';
import { publicIpv6 } from '../../addresses/publicAddresses';
import { locationNamed } from '../../catalogue/locations';
import type { Cloud } from '../../cloud';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { timestamp } from '../../requestFields';
import {
  reverseDnsAnswer,
  reverseDnsView,
  storedReverseDns,
} from '../../reverseDns';
import { locationAnswer } from '../locations';

/** A primary IP as it is kept; who has it names it, not the reverse. */
export const storedPrimaryIp = z.object({
  id: z.int(),
  name: z.string(),
  type: z.enum(['ipv4', 'ipv6']),
  ip: z.string(),
  location: z.string(),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  autoDelete: z.boolean(),
  reverseDns: storedReverseDns,
  created: z.number(),
});

/** A primary IP as it is kept. */
export type PrimaryIp = z.infer<typeof storedPrimaryIp>;

/** What a primary IP can be assigned to. */
export interface Assignee {
  type: 'server' | 'load_balancer';
  id: number;
}

/** Ids of the primary IPs that something has. */
interface Holder {
  id: number;
  ipv4: number | null;
  ipv6: number | null;
}

const holds = ({ ipv4, ipv6 }: Holder, { id }: PrimaryIp) =>
  ipv4 === id || ipv6 === id;

/** Who has a primary IP; undefined when nobody has. */
export function assigneeOf(
  project: Project,
  primaryIp: PrimaryIp,
): Assignee | undefined {
  for (const server of project.servers.values()) {
    if (holds(server, primaryIp)) return { type: 'server', id: server.id };
  }
  for (const loadBalancer of project.loadBalancers.values()) {
    if (holds(loadBalancer, primaryIp)) {
      return { type: 'load_balancer', id: loadBalancer.id };
    }
  }
  return undefined;
}

/** The primary IPs that something has. */
export const primaryIpsOf = (
  project: Project,
  { ipv4, ipv6 }: Pick<Holder, 'ipv4' | 'ipv6'>,
): PrimaryIp[] =>
  [ipv4, ipv6].flatMap(id => {
    const primaryIp = id === null ? undefined : project.primaryIps.get(id);
    return primaryIp ? [primaryIp] : [];
  });

/** The public IPv4 that something has; undefined when it has none. */
export const publicIpv4Of = (
  project: Project,
  { ipv4 }: Pick<Holder, 'ipv4'>,
): string | undefined =>
  ipv4 === null ? undefined : project.primaryIps.get(ipv4)?.ip;

/**
 * Makes a primary IP and keeps it.
 *
 * @param wish - the name is `primary_ip-<id>` when it is left out
 */
export function addPrimaryIp(
  { cloud, project, now }: { cloud: Cloud; project: Project; now: number },
  wish: Pick<PrimaryIp, 'type' | 'location' | 'autoDelete'> &
    Partial<Pick<PrimaryIp, 'name' | 'labels'>>,
): PrimaryIp {
  const id = cloud.newId();
  const primaryIp: PrimaryIp = {
    id,
    name: `primary_ip-${id}`,
    ip: wish.type === 'ipv4' ? cloud.newPublicIpv4() : publicIpv6(id, '/64'),
    labels: {},
    protection: { delete: false },
    reverseDns: {},
    created: now,
    ...wish,
  };
  project.primaryIps.set(id, primaryIp);
  return primaryIp;
}

/** How many primary IPs count against the quota: those of load balancers do not. */
export const countedPrimaryIps = (project: Project) =>
  project.primaryIps.size -
  [...project.loadBalancers.values()].flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6])
    .length;

/** Ends what something held: with `auto_delete` the primary IP goes, else it stays unassigned. */
export function releasePrimaryIps(
  project: Project,
  holder: Pick<Holder, 'ipv4' | 'ipv6'>,
): void {
  for (const { id, autoDelete } of primaryIpsOf(project, holder)) {
    if (autoDelete) project.primaryIps.delete(id);
  }
}

/** A primary IP as the API answers it. */
export const primaryIpAnswer = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
  blocked: z.boolean(),
  location: locationAnswer,
  ip: z.string(),
  dns_ptr: reverseDnsAnswer,
  protection: z.object({ delete: z.boolean() }),
  type: z.enum(['ipv4', 'ipv6']),
  auto_delete: z.boolean(),
  assignee_type: z.enum(['server', 'load_balancer', 'unassigned']),
  assignee_id: z.int().nullable(),
});

/** A primary IP as the API answers it. */
export function primaryIpView(
  primaryIp: PrimaryIp,
  { project }: Pick<CallContext, 'project'>,
): z.infer<typeof primaryIpAnswer> {
  const assignee = assigneeOf(project, primaryIp);
  return {
    id: primaryIp.id,
    name: primaryIp.name,
    labels: primaryIp.labels,
    created: timestamp(primaryIp.created),
    blocked: false,
    location: locationNamed(primaryIp.location),
    ip: primaryIp.ip,
    dns_ptr: reverseDnsView(primaryIp),
    protection: primaryIp.protection,
    type: primaryIp.type,
    auto_delete: primaryIp.autoDelete,
    // `unassigned` since 1 August 2026: hcloud-go v2.39 changelog.
    assignee_type: assignee?.type ?? 'unassigned',
    assignee_id: assignee?.id ?? null,
  };
}
