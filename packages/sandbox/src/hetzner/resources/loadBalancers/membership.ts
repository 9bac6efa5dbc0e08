import {
  matchesLabels,
  parseLabelSelector,
  Requirement,
} from '../../labelSelector';
import type { Project } from '../../project';
import { publicIpv4Of } from '../primaryIps/primaryIp';
import type { Server } from '../servers/server';
import type { LoadBalancer, Target } from './loadBalancer';

/** A server that traffic goes to, and the address at which. */
export interface ResolvedServer {
  server: number;
  ip: string;
}

type ServerTarget = Exclude<Target, { type: 'ip' }>;

/** The address at which a target reaches a server that it means; undefined when it has none. */
function reachedAt(
  project: Project,
  { privateNets }: Pick<LoadBalancer, 'privateNets'>,
  target: ServerTarget,
  server: Server,
): string | undefined {
  if (!target.usePrivateIp) return publicIpv4Of(project, server);
  const network = privateNets[0]?.network;
  return server.privateNets.find(net => net.network === network)?.ip;
}

/** What a server's labels must be for a target to mean it. */
const requirementsOf = (target: ServerTarget) =>
  target.type === 'label_selector' ? parseLabelSelector(target.selector) : [];

const isMeant = (
  target: ServerTarget,
  requirements: Requirement[],
  server: Server,
) =>
  target.type === 'server'
    ? server.id === target.server
    : matchesLabels(requirements, server.labels);

/**
 * The servers behind a target. A label selector over the private network finds
 * only servers in the load balancer's network, one over the public network
 * only servers with a public IPv4.
 */
export function resolveTarget(
  project: Project,
  loadBalancer: Pick<LoadBalancer, 'privateNets'>,
  target: ServerTarget,
): ResolvedServer[] {
  const requirements = requirementsOf(target);
  const resolved: ResolvedServer[] = [];
  for (const server of project.servers.values()) {
    if (!isMeant(target, requirements, server)) continue;
    const ip = reachedAt(project, loadBalancer, target, server);
    if (ip !== undefined) resolved.push({ server: server.id, ip });
  }
  return resolved;
}

/** Every address that a load balancer sends traffic to, once. */
function targetAddresses(
  project: Project,
  loadBalancer: LoadBalancer,
): string[] {
  const addresses = loadBalancer.targets.flatMap(target =>
    target.type === 'ip'
      ? [target.ip]
      : resolveTarget(project, loadBalancer, target).map(({ ip }) => ip),
  );
  return [...new Set(addresses)];
}

/** How a service's checks of one address are found again. */
export const checkKey = (listenPort: number, ip: string) =>
  `${listenPort} ${ip}`;

/**
 * Lets the health checks of a project's load balancers follow their targets: a
 * new one begins now, one that is gone is forgotten.
 */
export function settleLoadBalancers(project: Project, now: number): void {
  for (const loadBalancer of project.loadBalancers.values()) {
    const addresses = targetAddresses(project, loadBalancer);
    loadBalancer.checkedSince = Object.fromEntries(
      loadBalancer.services.flatMap(({ listen_port: port }) =>
        addresses.map(ip => {
          const key = checkKey(port, ip);
          return [key, loadBalancer.checkedSince[key] ?? now];
        }),
      ),
    );
  }
}

/** The load balancers that send traffic to a server. */
export const loadBalancersOfServer = (
  project: Project,
  server: Server,
): number[] =>
  [...project.loadBalancers.values()]
    .filter(loadBalancer =>
      loadBalancer.targets.some(
        target =>
          target.type !== 'ip' &&
          isMeant(target, requirementsOf(target), server) &&
          reachedAt(project, loadBalancer, target, server) !== undefined,
      ),
    )
    .map(({ id }) => id);

/** Ends the targets of a load balancer that are reached over its network. */
export function dropPrivateTargets(loadBalancer: LoadBalancer): void {
  loadBalancer.targets = loadBalancer.targets.filter(
    target => target.type === 'ip' || !target.usePrivateIp,
  );
}

/** Ends the targets that name a server. */
export function dropServerTargets(
  loadBalancer: LoadBalancer,
  server: number,
): void {
  loadBalancer.targets = loadBalancer.targets.filter(
    target => target.type !== 'server' || target.server !== server,
  );
}

/** Ends the targets that reach a server over a network that it leaves. */
export function dropPrivateServerTargets(
  project: Project,
  server: number,
  network: number,
): void {
  for (const loadBalancer of project.loadBalancers.values()) {
    if (!loadBalancer.privateNets.some(net => net.network === network))
      continue;
    loadBalancer.targets = loadBalancer.targets.filter(
      target =>
        target.type !== 'server' ||
        target.server !== server ||
        !target.usePrivateIp,
    );
  }
}
