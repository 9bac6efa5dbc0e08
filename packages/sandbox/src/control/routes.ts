import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CallNumbers } from '../hetzner/callNumbers';
import type { Cloud } from '../hetzner/cloud';
import type { Holds } from '../hetzner/holds';
import type { Judge } from '../judge/judge';
import type { Machines } from '../machines/Machines';
import type { ObjectStorage } from '../objectStorage/ObjectStorage';
import type { EventRecord } from '../record';
import { settingsChange } from '../settings';
import { capacityRoutes } from './capacityRoutes';
import { clockRoutes } from './clockRoutes';
import type { ControlState } from './controlState';
import { faultRoutes } from './faultRoutes';
import { holdRoutes } from './holdRoutes';
import { machineRoutes } from './machineRoutes';
import { isLocal } from './localOnly';
import { objectStorageRoutes } from './objectStorageRoutes';
import { snapshotRoutes } from './snapshotRoutes';
import { stateRoutes } from './stateRoutes';

/** What the control API steers. */
export interface ControlContext {
  cloud: Cloud;
  control: ControlState;
  record: EventRecord;
  numbers: CallNumbers;
  holds: Holds;
  judge: Judge | undefined;
  /** Absent when no S3 server was asked for. */
  objectStorage?: ObjectStorage;
  /** Absent when servers do not boot. */
  machines?: Machines;
}

const recordQuery = z.object({
  since: z.coerce.number().int().min(0).default(0),
  project: z.string().min(1).optional(),
});

/** Adds the sandbox's own API, for this machine only. */
export function controlApi(context: ControlContext) {
  const { cloud, control, record, numbers, holds, judge } = context;
  return async (server: FastifyInstance) => {
    server.addHook('onRequest', async (request, reply) => {
      if (!isLocal(request)) {
        return reply.status(403).send({
          error:
            'The control API answers only to this machine itself, and to no page of another site.',
        });
      }
      return undefined;
    });
    server.setErrorHandler((error, _request, reply) => {
      if (error instanceof z.ZodError) {
        return reply.status(400).send({ error: z.prettifyError(error) });
      }
      return reply.send(error);
    });

    server.get('/health', async () => ({ status: 'ok' }));

    server.get('/settings', async () => control.settings);
    server.put('/settings', async request => {
      await control.change(settingsChange.parse(request.body));
      cloud.runner.schedule();
      return control.settings;
    });

    server.get('/record', async request => {
      const { since, project } = recordQuery.parse(request.query);
      return record.since(since, project);
    });
    server.delete('/record', async (request, reply) => {
      const { project } = recordQuery.parse(request.query);
      record.clear(project);
      numbers.restart(project);
      return reply.status(204).send();
    });

    server.get('/violations', async (_request, reply) => {
      if (judge) return judge.violations;
      return reply.status(409).send({
        error:
          'Nothing is checked: start the sandbox with --judge and --overlay.',
      });
    });

    await server.register(faultRoutes(control));
    await server.register(holdRoutes(holds));
    await server.register(clockRoutes({ cloud, control }));
    await server.register(capacityRoutes(cloud));
    await server.register(stateRoutes(context));
    await server.register(snapshotRoutes(context));
    await server.register(objectStorageRoutes(context));
    await server.register(machineRoutes(context));
  };
}
