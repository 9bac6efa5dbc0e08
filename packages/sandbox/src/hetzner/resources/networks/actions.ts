import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect, Effect } from '../../actions/effect';
import { running } from '../../actions/runner';
import {
  formatRange,
  includesAddress,
  includesRange,
  parseIpv4,
  parseRange,
} from '../../addresses/ipv4';
import { errors } from '../../errors';
import { CallContext, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { deleteProtectionChange } from '../../protection';
import { found, invalidField } from '../../reference';
import { membersOf, networkQueue, requireRoomInQueue } from './members';
import { Network, storedRange } from './network';
import {
  networkRange,
  newRoute,
  newSubnet,
  routeBody,
  subnetBody,
} from './rules';

const networkOf = (project: Project, id: number) =>
  found(project.networks, 'network', id);

/** Args of an action on one network and one thing in it. */
const withNetwork = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ network: z.int(), ...shape });

const addSubnet = defineEffect({
  name: 'add_subnet',
  command: 'add_subnet',
  latency: 'add_subnet',
  args: withNetwork({ ipRange: z.string(), zone: z.string() }),
  succeed({ network, ipRange, zone }, { project }) {
    networkOf(project, network).subnets.push({ ipRange, zone });
  },
});

const deleteSubnet = defineEffect({
  name: 'delete_subnet',
  command: 'delete_subnet',
  latency: 'delete_subnet',
  args: withNetwork({ ipRange: z.string() }),
  succeed({ network, ipRange }, { project }) {
    const target = networkOf(project, network);
    requireEmptySubnet(project, target, ipRange);
    target.subnets = target.subnets.filter(
      subnet => subnet.ipRange !== ipRange,
    );
  },
});

const addRoute = defineEffect({
  name: 'add_route',
  command: 'add_route',
  latency: 'add_route',
  args: withNetwork({ destination: z.string(), gateway: z.string() }),
  succeed({ network, destination, gateway }, { project }) {
    networkOf(project, network).routes.push({ destination, gateway });
  },
});

const deleteRoute = defineEffect({
  name: 'delete_route',
  command: 'delete_route',
  latency: 'delete_route',
  args: withNetwork({ destination: z.string(), gateway: z.string() }),
  succeed({ network, destination, gateway }, { project }) {
    const target = networkOf(project, network);
    target.routes = target.routes.filter(
      route => route.destination !== destination || route.gateway !== gateway,
    );
  },
});

const changeIpRange = defineEffect({
  name: 'change_ip_range',
  command: 'change_ip_range',
  latency: 'change_ip_range',
  args: withNetwork({ ipRange: z.string() }),
  succeed({ network, ipRange }, { project }) {
    networkOf(project, network).ipRange = ipRange;
  },
});

const changeProtection = defineEffect({
  name: 'change_network_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: withNetwork({ delete: z.boolean() }),
  succeed({ network, delete: isProtected }, { project }) {
    networkOf(project, network).protection = { delete: isProtected };
  },
});

function requireEmptySubnet(
  project: Project,
  network: Network,
  ipRange: string,
) {
  const range = storedRange({ ipRange });
  const inside = membersOf(project, network.id).some(({ ip, aliasIps }) =>
    [ip, ...aliasIps].some(text => {
      const address = text === null ? undefined : parseIpv4(text);
      return address !== undefined && includesAddress(range, address);
    }),
  );
  if (inside) {
    throw errors.serviceError(
      'cannot remove subnet because servers are attached to it',
    );
  }
}

/** The network as it will be when the changes that wait have been made. */
function withPendingChanges(project: Project, network: Network): Network {
  const next = structuredClone(network);
  for (const { effect, args } of running(project)) {
    const change = z.object({ network: z.int() }).safeParse(args);
    if (!change.success || change.data.network !== network.id) continue;
    if (effect === addSubnet.name) {
      next.subnets.push(addSubnet.args.parse(args));
    } else if (effect === addRoute.name) {
      next.routes.push(addRoute.args.parse(args));
    }
  }
  return next;
}

function start<Args>(
  call: CallContext,
  network: Network,
  effect: Effect<Args>,
  args: Args,
) {
  requireRoomInQueue(call.project, network.id);
  const action = call.start(effect, args, {
    resources: [{ type: 'network', id: network.id }],
    queue: networkQueue(network.id),
  });
  return started(action, call);
}

/** Changes of a network's shape. */
export const networkActionOperations: Operation[] = [
  operation('POST /networks/{id}/actions/add_subnet', {
    status: 201,
    body: subnetBody,
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      const pending = withPendingChanges(call.project, network);
      const subnet = newSubnet(pending, call.body);
      return start(call, network, addSubnet, { network: call.id, ...subnet });
    },
  }),
  operation('POST /networks/{id}/actions/delete_subnet', {
    status: 201,
    body: z.object({ ip_range: z.string() }),
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      const range = parseRange(call.body.ip_range);
      const ipRange = range && formatRange(range);
      if (!network.subnets.some(subnet => subnet.ipRange === ipRange)) {
        throw invalidField('ip_range', 'is no subnet of the network');
      }
      requireEmptySubnet(call.project, network, ipRange!);
      return start(call, network, deleteSubnet, {
        network: call.id,
        ipRange: ipRange!,
      });
    },
  }),
  operation('POST /networks/{id}/actions/add_route', {
    status: 201,
    body: routeBody,
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      const pending = withPendingChanges(call.project, network);
      const route = newRoute(pending, call.body);
      return start(call, network, addRoute, { network: call.id, ...route });
    },
  }),
  operation('POST /networks/{id}/actions/delete_route', {
    status: 201,
    body: routeBody,
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      const { destination, gateway } = call.body;
      const exists = network.routes.some(
        route => route.destination === destination && route.gateway === gateway,
      );
      if (!exists)
        throw invalidField('destination', 'is no route of the network');
      return start(call, network, deleteRoute, {
        network: call.id,
        destination,
        gateway,
      });
    },
  }),
  operation('POST /networks/{id}/actions/change_ip_range', {
    status: 201,
    body: z.object({ ip_range: z.string() }),
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      const range = networkRange(call.body.ip_range);
      if (!includesRange(range, storedRange(network))) {
        throw invalidField('ip_range', 'can only grow');
      }
      return start(call, network, changeIpRange, {
        network: call.id,
        ipRange: formatRange(range),
      });
    },
  }),
  operation('POST /networks/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const network = networkOf(call.project, call.id);
      return start(call, network, changeProtection, {
        network: call.id,
        delete: call.body.delete ?? network.protection.delete,
      });
    },
  }),
];
