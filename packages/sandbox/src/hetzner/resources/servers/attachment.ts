import type { StoredAction } from '../../actions/action';
import { defineEffect } from '../../actions/effect';
import { overlap } from '../../addresses/ipv4';
import { locationNamed } from '../../catalogue/locations';
import { errors } from '../../errors';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { dropPrivateServerTargets } from '../loadBalancers/membership';
import { AddressWish, assignAddress } from '../networks/assignment';
import {
  aliasArgs,
  ATTACH_SERVER,
  attachArgs,
  CHANGE_ALIAS_IPS,
  DETACH_SERVER,
  detachArgs,
  networkQueue,
} from '../networks/members';
import { Network, storedRange } from '../networks/network';
import { serverOf } from './lifecycle';
import type { Server } from './server';

/** Networks that a server can be in. Source: docs.hetzner.com, Networks FAQ. */
const MAX_NETWORKS = 3;

/**
 * Refuses more networks than a server can be in, and ones whose ranges overlap.
 *
 * @throws ApiError 403 or 422
 */
export function requireRoomForNetworks(
  present: readonly Network[],
  more: readonly Network[],
): void {
  const all = [...present, ...more];
  if (all.length > MAX_NETWORKS) {
    throw errors.limitExceeded(
      'network limit per server exceeded',
      'network_per_server_limit',
    );
  }
  const ranges = all.map(storedRange);
  const clash = ranges.some((range, index) =>
    ranges.slice(index + 1).some(other => overlap(range, other)),
  );
  if (clash) throw errors.networksOverlap();
}

/** MAC address of a private interface; 86:00 is the provider's prefix. */
function macAddress(server: number, network: number): string {
  const tail = ((server % 65536) * 65536 + (network % 65536))
    .toString(16)
    .padStart(8, '0');
  return `86:00:${tail.match(/../g)!.join(':')}`;
}

const attach = defineEffect({
  name: ATTACH_SERVER,
  command: 'attach_to_network',
  latency: 'attach_to_network',
  args: attachArgs,
  succeed({ member, network: id, ip, ipRange, aliasIps }, { project }) {
    const server = serverOf(project, member);
    const network = project.networks.get(id);
    if (!network) throw errors.notFound('network', id);
    const zone = locationNamed(server.location).network_zone;
    server.privateNets.push({
      network: id,
      ip: assignAddress(project, network, zone, { ip, ipRange }),
      aliasIps,
      macAddress: macAddress(server.id, id),
    });
  },
});

const detach = defineEffect({
  name: DETACH_SERVER,
  command: 'detach_from_network',
  latency: 'detach_from_network',
  args: detachArgs,
  succeed({ member, network }, { project }) {
    const server = serverOf(project, member);
    server.privateNets = server.privateNets.filter(
      net => net.network !== network,
    );
    dropPrivateServerTargets(project, member, network);
  },
});

const changeAliasIps = defineEffect({
  name: CHANGE_ALIAS_IPS,
  command: 'change_alias_ips',
  latency: 'change_alias_ips',
  args: aliasArgs,
  succeed({ member, network, aliasIps }, { project }) {
    privateNetOf(project, member, network).aliasIps = aliasIps;
  },
});

/**
 * A server's place in a network.
 *
 * @throws ApiError 422 server_not_attached_to_network
 */
export function privateNetOf(
  project: Project,
  server: number,
  network: number,
) {
  const net = serverOf(project, server).privateNets.find(
    candidate => candidate.network === network,
  );
  if (!net) throw errors.serverNotAttachedToNetwork();
  return net;
}

const inNetwork = (server: Server, network: number) => ({
  resources: [
    { type: 'server', id: server.id },
    { type: 'network', id: network },
  ],
  locks: [{ type: 'server', id: server.id }],
  queue: networkQueue(network),
});

/** Starts to attach a server to a network. */
export const startAttaching = (
  call: CallContext,
  server: Server,
  network: number,
  wish: AddressWish,
  after: StoredAction[] = [],
) =>
  call.start(
    attach,
    { member: server.id, network, ...wish },
    { ...inNetwork(server, network), after },
  );

/** Starts to detach a server from a network. */
export const startDetaching = (
  call: CallContext,
  server: Server,
  network: number,
) =>
  call.start(
    detach,
    { member: server.id, network },
    inNetwork(server, network),
  );

/** Starts to give a server other alias addresses in a network. */
export const startChangingAliasIps = (
  call: CallContext,
  server: Server,
  network: number,
  aliasIps: string[],
) =>
  call.start(
    changeAliasIps,
    { member: server.id, network, aliasIps },
    inNetwork(server, network),
  );
