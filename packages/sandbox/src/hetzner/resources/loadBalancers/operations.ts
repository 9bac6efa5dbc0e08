import { z } from 'zod';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { Operation, operation } from '../../operation';
import { requireDeletable } from '../../protection';
import { loadBalancerChangeOperations } from './changeOperations';
import { changeableLoadBalancer, holding, loadBalancerOf } from './changes';
import { createLoadBalancer, deleteEffect } from './create';
import { loadBalancerMetrics } from './metricsOperation';
import { loadBalancerNetworkOperations } from './networkOperations';
import { serviceOperations } from './serviceOperations';
import { targetOperations } from './targetOperations';
import { loadBalancerAnswer, loadBalancerView } from './view';

/** Load balancers. */
export const loadBalancerOperations: Operation[] = [
  createLoadBalancer,
  listOperation('GET /load_balancers', {
    key: 'load_balancers',
    items: ({ project }) => project.loadBalancers.values(),
    view: loadBalancerView,
    answer: loadBalancerAnswer,
    sort: ['id', 'name', 'created'],
  }),
  getOperation('GET /load_balancers/{id}', {
    key: 'load_balancer',
    find: ({ project, id }) => project.loadBalancers.get(id),
    view: loadBalancerView,
    answer: loadBalancerAnswer,
  }),
  operation('PUT /load_balancers/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ load_balancer: loadBalancerAnswer }),
    handle(call) {
      const { project, body } = call;
      const loadBalancer = loadBalancerOf(project, call.id);
      if (body.name !== undefined) {
        requireUniqueName(
          project.loadBalancers,
          body.name,
          'name is already used',
          loadBalancer.id,
        );
        loadBalancer.name = body.name;
      }
      loadBalancer.labels = body.labels ?? loadBalancer.labels;
      return { load_balancer: loadBalancerView(loadBalancer, call) };
    },
  }),
  // 201 with an action since 5 October 2026, 204 before: hcloud-go v2.52 changelog.
  operation('DELETE /load_balancers/{id}', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      requireDeletable('load balancer', loadBalancerOf(call.project, call.id));
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const args = { loadBalancer: loadBalancer.id };
      return started(
        call.start(deleteEffect, args, holding(loadBalancer)),
        call,
      );
    },
  }),
  ...loadBalancerChangeOperations,
  ...serviceOperations,
  ...targetOperations,
  ...loadBalancerNetworkOperations,
  loadBalancerMetrics,
  ...resourceActionOperations(
    'load_balancers',
    'load_balancer',
    ({ project }) => project.loadBalancers,
  ),
];
