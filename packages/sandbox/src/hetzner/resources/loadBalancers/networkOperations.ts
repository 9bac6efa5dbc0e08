import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { locationNamed } from '../../catalogue/locations';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { found, id } from '../../reference';
import { assignAddress, requireAddress } from '../networks/assignment';
import {
  ATTACH_LOAD_BALANCER,
  attachArgs,
  DETACH_LOAD_BALANCER,
  detachArgs,
  networkQueue,
  requireRoomInQueue,
} from '../networks/members';
import {
  changeableLoadBalancer,
  loadBalancerArgs,
  loadBalancerOf,
} from './changes';
import { holding } from './changes';
import type { LoadBalancer } from './loadBalancer';
import { dropPrivateTargets } from './membership';

const attach = defineEffect({
  name: ATTACH_LOAD_BALANCER,
  command: 'attach_to_network',
  latency: 'attach_load_balancer_to_network',
  args: attachArgs,
  succeed({ member, network: wanted, ip, ipRange }, { project }) {
    const loadBalancer = loadBalancerOf(project, member);
    const network = found(project.networks, 'network', wanted);
    const zone = locationNamed(loadBalancer.location).network_zone;
    loadBalancer.privateNets = [
      {
        network: wanted,
        ip: assignAddress(project, network, zone, { ip, ipRange }),
      },
    ];
  },
});

const detach = defineEffect({
  name: DETACH_LOAD_BALANCER,
  command: 'detach_from_network',
  latency: 'detach_load_balancer_from_network',
  args: detachArgs,
  succeed({ member }, { project }) {
    const loadBalancer = loadBalancerOf(project, member);
    loadBalancer.privateNets = [];
    dropPrivateTargets(loadBalancer);
  },
});

const inNetwork = (loadBalancer: LoadBalancer, network: number) => ({
  resources: [
    { type: 'load_balancer', id: loadBalancer.id },
    { type: 'network', id: network },
  ],
  locks: [{ type: 'load_balancer', id: loadBalancer.id }],
  queue: networkQueue(network),
});

const setPublicInterface = (
  name: 'enable_public_interface' | 'disable_public_interface',
) =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: loadBalancerArgs,
    succeed({ loadBalancer }, { project }) {
      loadBalancerOf(project, loadBalancer).publicInterface =
        name === 'enable_public_interface';
    },
  });

const enable = setPublicInterface('enable_public_interface');
const disable = setPublicInterface('disable_public_interface');

/** A load balancer's network and public interface. */
export const loadBalancerNetworkOperations: Operation[] = [
  operation('POST /load_balancers/{id}/actions/attach_to_network', {
    status: 201,
    body: z.object({
      network: id,
      ip: z.string().nullish(),
      ip_range: z.string().nullish(),
    }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const loadBalancer = changeableLoadBalancer(project, call.id);
      const network = found(project.networks, 'network', body.network);
      if (loadBalancer.privateNets.length > 0) {
        throw errors.loadBalancerAlreadyAttached();
      }
      const wish = {
        ip: body.ip ?? null,
        ipRange: body.ip_range ?? null,
        aliasIps: [],
      };
      const zone = locationNamed(loadBalancer.location).network_zone;
      requireAddress(project, network, zone, wish);
      requireRoomInQueue(project, network.id);
      const args = { member: loadBalancer.id, network: network.id, ...wish };
      return started(
        call.start(attach, args, inNetwork(loadBalancer, network.id)),
        call,
      );
    },
  }),
  operation('POST /load_balancers/{id}/actions/detach_from_network', {
    status: 201,
    body: z.object({ network: id }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const loadBalancer = changeableLoadBalancer(project, call.id);
      const network = found(project.networks, 'network', body.network);
      if (!loadBalancer.privateNets.some(net => net.network === network.id)) {
        throw errors.loadBalancerNotAttached();
      }
      requireRoomInQueue(project, network.id);
      const args = { member: loadBalancer.id, network: network.id };
      return started(
        call.start(detach, args, inNetwork(loadBalancer, network.id)),
        call,
      );
    },
  }),
  operation('POST /load_balancers/{id}/actions/enable_public_interface', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const args = { loadBalancer: loadBalancer.id };
      return started(call.start(enable, args, holding(loadBalancer)), call);
    },
  }),
  operation('POST /load_balancers/{id}/actions/disable_public_interface', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      if (loadBalancer.privateNets.length === 0)
        throw errors.loadBalancerNotAttached();
      if (
        loadBalancer.targets.some(
          target => target.type === 'ip' || !target.usePrivateIp,
        )
      ) {
        throw errors.targetsWithoutUsePrivateIp();
      }
      const args = { loadBalancer: loadBalancer.id };
      return started(call.start(disable, args, holding(loadBalancer)), call);
    },
  }),
];
