import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { locationNamed } from '../../catalogue/locations';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { found, id } from '../../reference';
import { listOf } from '../../requestFields';
import { requireAddress, requireAliasIps } from '../networks/assignment';
import { requireRoomInQueue } from '../networks/members';
import {
  privateNetOf,
  requireRoomForNetworks,
  startAttaching,
  startChangingAliasIps,
  startDetaching,
} from './attachment';
import { changeableServer } from './lifecycle';

/** Source: docs.hetzner.com, Networks FAQ. */
const MAX_ALIAS_IPS = 5;

const aliasIps = listOf(z.string()).refine(
  list => list.length <= MAX_ALIAS_IPS && new Set(list).size === list.length,
  `may hold at most ${MAX_ALIAS_IPS} different addresses`,
);

/** A server's private networks. */
export const serverNetworkOperations: Operation[] = [
  operation('POST /servers/{id}/actions/attach_to_network', {
    status: 201,
    body: z.object({
      network: id,
      ip: z.string().nullish(),
      ip_range: z.string().nullish(),
      alias_ips: aliasIps,
    }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const server = changeableServer(project, call.id);
      const network = found(project.networks, 'network', body.network);
      if (server.privateNets.some(net => net.network === network.id)) {
        throw errors.serverAlreadyAttached();
      }
      requireRoomForNetworks(
        server.privateNets.map(net => project.networks.get(net.network)!),
        [network],
      );
      const wish = {
        ip: body.ip ?? null,
        ipRange: body.ip_range ?? null,
        aliasIps: body.alias_ips,
      };
      const zone = locationNamed(server.location).network_zone;
      requireAddress(project, network, zone, wish);
      requireRoomInQueue(project, network.id);
      return started(startAttaching(call, server, network.id, wish), call);
    },
  }),
  operation('POST /servers/{id}/actions/detach_from_network', {
    status: 201,
    body: z.object({ network: id }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const server = changeableServer(project, call.id);
      const network = found(project.networks, 'network', body.network);
      privateNetOf(project, server.id, network.id);
      requireRoomInQueue(project, network.id);
      return started(startDetaching(call, server, network.id), call);
    },
  }),
  operation('POST /servers/{id}/actions/change_alias_ips', {
    status: 201,
    body: z.object({ network: id, alias_ips: aliasIps }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const server = changeableServer(project, call.id);
      const network = found(project.networks, 'network', body.network);
      const net = privateNetOf(project, server.id, network.id);
      requireAliasIps(project, network, net.aliasIps, body.alias_ips);
      requireRoomInQueue(project, network.id);
      return started(
        startChangingAliasIps(call, server, network.id, body.alias_ips),
        call,
      );
    },
  }),
];
