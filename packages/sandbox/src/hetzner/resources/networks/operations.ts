import { z } from 'zod';
import { resourceActionOperations } from '../../actions/actionOperations';
import { running } from '../../actions/runner';
import { formatRange } from '../../addresses/ipv4';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { Call, Operation, operation } from '../../operation';
import { requireDeletable } from '../../protection';
import { requireQuota } from '../../quota';
import { found } from '../../reference';
import { flag, listOf } from '../../requestFields';
import { dropPrivateTargets } from '../loadBalancers/membership';
import { networkActionOperations } from './actions';
import { networkQueue } from './members';
import { networkMemberOperations } from './memberOperations';
import { Network, networkAnswer, networkView } from './network';
import {
  networkRange,
  newRoute,
  newSubnet,
  routeBody,
  subnetBody,
} from './rules';

const NAME_TAKEN = 'name is already used';

const view = (network: Network, { project }: Call) =>
  networkView(network, project);

/** Networks, but for their actions. */
export const networkOperations: Operation[] = [
  operation('POST /networks', {
    status: 201,
    body: z.object({
      name: freeName,
      ip_range: z.string(),
      labels: labels.default({}),
      subnets: listOf(subnetBody),
      routes: listOf(routeBody),
      expose_routes_to_vswitch: flag(false),
    }),
    answer: z.object({ network: networkAnswer }),
    handle(call) {
      const { cloud, project, now, body } = call;
      const network: Network = {
        id: 0,
        name: body.name,
        ipRange: formatRange(networkRange(body.ip_range)),
        subnets: [],
        routes: [],
        labels: body.labels,
        protection: { delete: false },
        exposeRoutesToVswitch: body.expose_routes_to_vswitch,
        created: now,
      };
      // One after another, because each must not overlap with those before it.
      for (const subnet of body.subnets) {
        network.subnets.push(newSubnet(network, subnet));
      }
      for (const route of body.routes) {
        network.routes.push(newRoute(network, route));
      }
      requireUniqueName(project.networks, body.name, NAME_TAKEN);
      requireQuota(call, 'networks', project.networks.size);
      network.id = cloud.newId();
      project.networks.set(network.id, network);
      return { network: networkView(network, project) };
    },
  }),
  listOperation('GET /networks', {
    key: 'networks',
    items: ({ project }) => project.networks.values(),
    view,
    answer: networkAnswer,
    sort: ['id', 'name', 'created'],
  }),
  getOperation('GET /networks/{id}', {
    key: 'network',
    find: ({ project, id }) => project.networks.get(id),
    view,
    answer: networkAnswer,
  }),
  operation('PUT /networks/{id}', {
    status: 200,
    body: z.object({
      name: freeName.optional(),
      labels: labels.optional(),
      expose_routes_to_vswitch: z.boolean().nullish(),
    }),
    answer: z.object({ network: networkAnswer }),
    handle({ project, id, body }) {
      const network = found(project.networks, 'network', id);
      if (body.name !== undefined) {
        requireUniqueName(project.networks, body.name, NAME_TAKEN, id);
        network.name = body.name;
      }
      network.labels = body.labels ?? network.labels;
      network.exposeRoutesToVswitch =
        body.expose_routes_to_vswitch ?? network.exposeRoutesToVswitch;
      return { network: networkView(network, project) };
    },
  }),
  operation('DELETE /networks/{id}', {
    status: 204,
    handle({ project, id }) {
      const network = found(project.networks, 'network', id);
      requireDeletable('network', network);
      const queue = networkQueue(id);
      if (running(project).some(action => action.queue === queue)) {
        throw errors.conflict('network has changed during request');
      }
      for (const server of project.servers.values()) {
        server.privateNets = server.privateNets.filter(
          net => net.network !== id,
        );
      }
      for (const loadBalancer of project.loadBalancers.values()) {
        if (loadBalancer.privateNets.some(net => net.network === id)) {
          loadBalancer.privateNets = [];
          dropPrivateTargets(loadBalancer);
        }
      }
      project.networks.delete(id);
    },
  }),
  ...networkActionOperations,
  ...networkMemberOperations,
  ...resourceActionOperations(
    'networks',
    'network',
    ({ project }) => project.networks,
  ),
];
