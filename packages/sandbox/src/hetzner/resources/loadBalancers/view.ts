import { z } from 'zod';
import { loadBalancerTypeNamed } from '../../catalogue/loadBalancerTypes';
import { locationNamed } from '../../catalogue/locations';
import { INCLUDED_TRAFFIC_BYTES } from '../../catalogue/prices';
import type { CallContext } from '../../operation';
import { found } from '../../reference';
import { timestamp } from '../../requestFields';
import { ipv4DnsPtr } from '../../reverseDns';
import {
  loadBalancerTypeAnswer,
  loadBalancerTypeView,
} from '../loadBalancerTypes';
import { locationAnswer } from '../locations';
import { HealthStatus, targetHealth } from './health';
import { LoadBalancer, storedService, Target } from './loadBalancer';
import { checkKey, ResolvedServer, resolveTarget } from './membership';

const publicIp = z.object({
  id: z.int(),
  ip: z.string().nullable(),
  blocked: z.boolean(),
  dns_ptr: z.string().nullable(),
});

const healthStatus = z.array(
  z.object({
    listen_port: z.int(),
    status: z.enum(['healthy', 'unhealthy', 'unknown']),
    detail: z.string().optional(),
    http_status_code: z.int().optional(),
  }),
);

const serverTarget = z.object({
  type: z.literal('server'),
  server: z.object({ id: z.int(), ip: z.string() }),
  health_status: healthStatus,
  use_private_ip: z.boolean(),
});

/** A load balancer as the API answers it. */
export const loadBalancerAnswer = z.object({
  id: z.int(),
  name: z.string(),
  public_net: z.object({
    enabled: z.boolean(),
    ipv4: publicIp,
    ipv6: publicIp,
  }),
  private_net: z.array(z.object({ network: z.int(), ip: z.string() })),
  location: locationAnswer,
  load_balancer_type: loadBalancerTypeAnswer,
  protection: z.object({ delete: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
  services: z.array(storedService),
  targets: z.array(
    z.union([
      serverTarget,
      z.object({
        type: z.literal('label_selector'),
        label_selector: z.object({ selector: z.string() }),
        targets: z.array(serverTarget),
        use_private_ip: z.boolean(),
      }),
      z.object({
        type: z.literal('ip'),
        ip: z.object({ ip: z.string() }),
        health_status: healthStatus,
      }),
    ]),
  ),
  algorithm: z.object({ type: z.enum(['round_robin', 'least_connections']) }),
  outgoing_traffic: z.int().nullable(),
  ingoing_traffic: z.int().nullable(),
  included_traffic: z.int(),
});

/** The public interfaces of servers do not listen in this version. */
const LISTENING = false;

function healthOf(
  loadBalancer: LoadBalancer,
  ip: string,
  { cloud, now }: CallContext,
): HealthStatus[] {
  return loadBalancer.services.map(service => {
    const since =
      loadBalancer.checkedSince[checkKey(service.listen_port, ip)] ?? now;
    const checkedSeconds = ((now - since) / 1000) * cloud.settings.speed;
    return targetHealth(service, checkedSeconds, LISTENING);
  });
}

function targetView(
  loadBalancer: LoadBalancer,
  target: Target,
  call: CallContext,
) {
  if (target.type === 'ip') {
    return {
      type: target.type,
      ip: { ip: target.ip },
      health_status: healthOf(loadBalancer, target.ip, call),
    };
  }
  const resolved = resolveTarget(call.project, loadBalancer, target);
  const serverView = ({ server, ip }: ResolvedServer) => ({
    type: 'server' as const,
    server: { id: server, ip },
    health_status: healthOf(loadBalancer, ip, call),
    use_private_ip: target.usePrivateIp,
  });
  if (target.type === 'server') {
    return serverView(resolved[0] ?? { server: target.server, ip: '' });
  }
  return {
    type: target.type,
    label_selector: { selector: target.selector },
    targets: resolved.map(serverView),
    use_private_ip: target.usePrivateIp,
  };
}

/** A load balancer as the API answers it. */
export function loadBalancerView(
  loadBalancer: LoadBalancer,
  call: CallContext,
): z.infer<typeof loadBalancerAnswer> {
  const ipv4 = found(call.project.primaryIps, 'primary_ip', loadBalancer.ipv4);
  const ipv6 = found(call.project.primaryIps, 'primary_ip', loadBalancer.ipv6);
  // It uses one address of its /64, the first.
  const ipv6Address = ipv6.ip.replace('/64', '1');
  return {
    id: loadBalancer.id,
    name: loadBalancer.name,
    public_net: {
      enabled: loadBalancer.publicInterface,
      ipv4: {
        id: ipv4.id,
        ip: ipv4.ip,
        blocked: false,
        dns_ptr: ipv4DnsPtr(ipv4),
      },
      ipv6: {
        id: ipv6.id,
        ip: ipv6Address,
        blocked: false,
        dns_ptr: ipv6.reverseDns[ipv6Address] ?? null,
      },
    },
    private_net: loadBalancer.privateNets,
    location: locationNamed(loadBalancer.location),
    load_balancer_type: loadBalancerTypeView(
      loadBalancerTypeNamed(loadBalancer.type),
    ),
    protection: loadBalancer.protection,
    labels: loadBalancer.labels,
    created: timestamp(loadBalancer.created),
    services: loadBalancer.services,
    targets: loadBalancer.targets.map(target =>
      targetView(loadBalancer, target, call),
    ),
    algorithm: { type: loadBalancer.algorithm },
    outgoing_traffic: null,
    ingoing_traffic: null,
    included_traffic: INCLUDED_TRAFFIC_BYTES,
  };
}
