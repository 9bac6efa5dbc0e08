import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { capacityLimit, limitCapacity } from '../hetzner/capacity';
import type { Cloud } from '../hetzner/cloud';
import { changeClock } from './clockRoutes';
import type { ControlState } from './controlState';
import { isLocal } from './localOnly';

/** Fields of a form; an empty one is as if it was not sent. */
const fields = (body: unknown) =>
  Object.fromEntries(
    [...new URLSearchParams(String(body))].filter(([, value]) => value !== ''),
  );

const number = z.coerce.number().optional();
const clockForm = z.object({ speed: number, advanceSeconds: number }).loose();
const capacityForm = z
  .object({ left: number, recoversAfterSeconds: number })
  .loose();

/** What the forms of the page do; each leads back to the page. */
export function controlForms(cloud: Cloud, control: ControlState) {
  return async (server: FastifyInstance) => {
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, body),
    );
    server.addHook('onRequest', async (request, reply) => {
      if (isLocal(request)) return undefined;
      return reply
        .status(403)
        .send('These forms work only on this page and this machine.');
    });
    server.setErrorHandler((error, _request, reply) =>
      error instanceof z.ZodError
        ? reply.status(400).send(z.prettifyError(error))
        : reply.send(error),
    );
    const form = (action: string, run: (body: object) => Promise<unknown>) =>
      server.post(`/controls/${action}`, async (request, reply) => {
        await run(fields(request.body));
        return reply.redirect('/', 303);
      });

    form('clock', body => changeClock(cloud, control, clockForm.parse(body)));
    form('faults', async () => {
      await control.setFaults([]);
      await control.setPlans([]);
    });
    form('capacity', body => {
      const limit = capacityLimit.parse(capacityForm.parse(body));
      const now = cloud.clock.now();
      return cloud.setCapacity([...cloud.capacity, limitCapacity(limit, now)]);
    });
    form('capacity-reset', () => cloud.setCapacity([]));
  };
}
