import { z } from 'zod';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { hostName, requireUniqueName } from '../../nameRules';
import { Operation, operation } from '../../operation';
import { requireDeletable } from '../../protection';
import { serverAccessOperations } from './accessOperations';
import { serverChangeOperations } from './changeOperations';
import { createServer } from './create';
import { serverImageOperations } from './imageOperations';
import { changeableServer, deleteEffect, holding, serverOf } from './lifecycle';
import { serverMetrics } from './metricsOperation';
import { serverNetworkOperations } from './networkOperations';
import { serverPowerOperations } from './powerOperations';
import { serverAnswer, serverView } from './view';

/** Servers. */
export const serverOperations: Operation[] = [
  createServer,
  listOperation('GET /servers', {
    key: 'servers',
    items: ({ project }) => project.servers.values(),
    view: serverView,
    answer: serverAnswer,
    sort: ['id', 'name', 'created'],
    filters: { status: server => server.status },
  }),
  getOperation('GET /servers/{id}', {
    key: 'server',
    find: ({ project, id }) => project.servers.get(id),
    view: serverView,
    answer: serverAnswer,
  }),
  operation('PUT /servers/{id}', {
    status: 200,
    body: z.object({ name: hostName.optional(), labels: labels.optional() }),
    answer: z.object({ server: serverAnswer }),
    handle(call) {
      const { project, body } = call;
      const server = serverOf(project, call.id);
      if (body.name !== undefined) {
        requireUniqueName(
          project.servers,
          body.name,
          'server name is already used',
          server.id,
        );
        server.name = body.name;
      }
      server.labels = body.labels ?? server.labels;
      return { server: serverView(server, call) };
    },
  }),
  operation('DELETE /servers/{id}', {
    status: 200,
    answer: startedAnswer,
    handle(call) {
      const server = serverOf(call.project, call.id);
      requireDeletable('server', server);
      changeableServer(call.project, call.id);
      const action = call.start(
        deleteEffect,
        { server: server.id, before: server.status },
        holding(server),
      );
      return started(action, call);
    },
  }),
  ...serverPowerOperations,
  ...serverNetworkOperations,
  ...serverChangeOperations,
  ...serverImageOperations,
  ...serverAccessOperations,
  serverMetrics,
  ...resourceActionOperations(
    'servers',
    'server',
    ({ project }) => project.servers,
  ),
];
