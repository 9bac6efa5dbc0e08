import { z } from 'zod';
import { defineEffect } from '../../actions/effect';
import { requireUnlocked } from '../../actions/runner';
import { errors } from '../../errors';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { found } from '../../reference';
import type { Server } from '../servers/server';
import { assigneeOf, PrimaryIp } from './primaryIp';

const args = z.object({ primaryIp: z.int(), server: z.int() });

const assign = defineEffect({
  name: 'assign_primary_ip',
  command: 'assign_primary_ip',
  latency: 'assign_primary_ip',
  args,
  succeed({ primaryIp, server }, { project }) {
    const { type } = found(project.primaryIps, 'primary_ip', primaryIp);
    found(project.servers, 'server', server)[type] = primaryIp;
  },
});

const unassign = defineEffect({
  name: 'unassign_primary_ip',
  command: 'unassign_primary_ip',
  latency: 'unassign_primary_ip',
  args,
  succeed({ primaryIp, server }, { project }) {
    const { type } = found(project.primaryIps, 'primary_ip', primaryIp);
    found(project.servers, 'server', server)[type] = null;
  },
});

const holdingBoth = (primaryIp: number, server: number) => {
  const both = [
    { type: 'primary_ip', id: primaryIp },
    { type: 'server', id: server },
  ];
  return { resources: both, locks: both };
};

/**
 * The server that is to get or lose a primary IP.
 *
 * @throws ApiError 404, 423 while an action holds it, 422 unless it is off
 */
function stoppedServer(project: Project, id: number): Server {
  const server = found(project.servers, 'server', id);
  requireUnlocked(project, 'server', id);
  if (server.status !== 'off') throw errors.serverNotStopped();
  return server;
}

/**
 * The server that a primary IP of a type can be assigned to.
 *
 * @throws ApiError 404, 422 or 423
 */
export function receivingServer(
  project: Project,
  id: number,
  type: PrimaryIp['type'],
): Server {
  const server = stoppedServer(project, id);
  if (server[type] !== null) {
    throw type === 'ipv4' ? errors.serverHasIpv4() : errors.serverHasIpv6();
  }
  return server;
}

/** Starts to assign a primary IP to a server. */
export const startAssigning = (
  call: CallContext,
  primaryIp: PrimaryIp,
  server: Server,
) =>
  call.start(
    assign,
    { primaryIp: primaryIp.id, server: server.id },
    holdingBoth(primaryIp.id, server.id),
  );

/** True when a load balancer names a server as a target over its public IPv4. */
const isPublicTarget = (project: Project, server: number) =>
  [...project.loadBalancers.values()].some(({ targets }) =>
    targets.some(
      target =>
        target.type === 'server' &&
        target.server === server &&
        !target.usePrivateIp,
    ),
  );

/**
 * Starts to unassign a primary IP.
 *
 * @throws ApiError 422 or 423
 */
export function startUnassigning(call: CallContext, primaryIp: PrimaryIp) {
  const { project } = call;
  const assignee = assigneeOf(project, primaryIp);
  if (!assignee) throw errors.serviceError('primary IP is not assigned');
  if (assignee.type === 'load_balancer') {
    // hcloud-go v2.52 changelog: it stays for the load balancer's whole life.
    throw errors.unsupported(
      'primary IP of a load balancer cannot be unassigned',
    );
  }
  const server = stoppedServer(project, assignee.id);
  if (primaryIp.type === 'ipv4' && isPublicTarget(project, server.id)) {
    throw errors.serverIsLoadBalancerTarget();
  }
  return call.start(
    unassign,
    { primaryIp: primaryIp.id, server: server.id },
    holdingBoth(primaryIp.id, server.id),
  );
}

/**
 * The primary IP that a request names for a new server or load balancer.
 *
 * @throws ApiError 404, 412 or 422
 */
export function freePrimaryIp(
  project: Project,
  id: number,
  wanted: Pick<PrimaryIp, 'type' | 'location'>,
): PrimaryIp {
  const primaryIp = found(project.primaryIps, 'primary_ip', id);
  requireUnlocked(project, 'primary_ip', id);
  if (primaryIp.type !== wanted.type) throw errors.primaryIpVersionMismatch();
  if (primaryIp.location !== wanted.location) {
    throw errors.primaryIpLocationMismatch();
  }
  if (assigneeOf(project, primaryIp)) throw errors.primaryIpAssigned();
  return primaryIp;
}
