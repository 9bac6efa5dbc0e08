import type { FastifyInstance } from 'fastify';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { faultList } from '../faults';
import type { Cloud } from '../hetzner/cloud';
import type { Judge } from '../judge/judge';
import type { EventRecord } from '../record';
import { settingsChange } from '../settings';
import type { ControlState } from './controlState';

/** What the control API steers. */
export interface ControlContext {
  cloud: Cloud;
  control: ControlState;
  record: EventRecord;
  judge: Judge | undefined;
}

const sinceQuery = z.object({
  since: z.coerce.number().int().min(0).default(0),
});

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  return ipaddr.process(address).range() === 'loopback';
}

/** Adds the sandbox's own API, for this machine only. */
export function controlApi({ cloud, control, record, judge }: ControlContext) {
  return async (server: FastifyInstance) => {
    server.addHook('onRequest', async (request, reply) => {
      if (!isLoopback(request.ip)) {
        return reply.status(403).send({
          error: 'The control API answers only to this machine itself.',
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

    server.get('/faults', async () => control.faults);
    server.put('/faults', async request => {
      await control.setFaults(faultList.parse(request.body));
      return control.faults;
    });
    server.delete('/faults', async (_request, reply) => {
      await control.setFaults([]);
      return reply.status(204).send();
    });

    server.get('/record', async request =>
      record.since(sinceQuery.parse(request.query).since),
    );
    server.delete('/record', async (_request, reply) => {
      record.clear();
      return reply.status(204).send();
    });

    server.get('/violations', async (_request, reply) => {
      if (judge) return judge.violations;
      return reply.status(409).send({
        error:
          'Nothing is checked: start the sandbox with --judge and --overlay.',
      });
    });

    server.delete('/state', async (_request, reply) => {
      await cloud.empty();
      await control.setFaults([]);
      record.clear();
      judge?.clear();
      return reply.status(204).send();
    });
  };
}
