import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { Holds, holdWish } from '../hetzner/holds';

const MAX_WAIT_SECONDS = 120;

const params = z.object({ id: z.coerce.number().int() });
const query = z.object({
  /** How long to wait for the request, in seconds of the machine. */
  waitSeconds: z.coerce.number().min(0).max(MAX_WAIT_SECONDS).default(0),
});
const release = z.strictObject({
  then: z.enum(['continue', 'drop']).default('continue'),
});

const unknown = (reply: FastifyReply, id: number) =>
  reply.status(404).send({ error: `There is no hold ${id}.` });

/** Stopping requests on their way. */
export function holdRoutes(holds: Holds) {
  return async (server: FastifyInstance) => {
    server.get('/holds', async () => holds.list());
    server.post('/holds', async (request, reply) =>
      reply.status(201).send(holds.add(holdWish.parse(request.body))),
    );
    server.delete('/holds', async (_request, reply) => {
      holds.clear();
      return reply.status(204).send();
    });

    server.get('/holds/:id', async (request, reply) => {
      const { id } = params.parse(request.params);
      const { waitSeconds } = query.parse(request.query);
      const enough = new AbortController();
      const timer = setTimeout(() => enough.abort(), waitSeconds * 1000);
      const leave = () => enough.abort();
      request.raw.socket.once('close', leave);
      const hold = await holds.untilHeld(id, enough.signal);
      request.raw.socket.off('close', leave);
      clearTimeout(timer);
      return hold ?? unknown(reply, id);
    });
    server.post('/holds/:id/release', async (request, reply) => {
      const { id } = params.parse(request.params);
      const { then } = release.parse(request.body ?? {});
      return holds.release(id, then) ?? unknown(reply, id);
    });
    server.delete('/holds/:id', async (request, reply) => {
      const { id } = params.parse(request.params);
      if (!holds.remove(id)) return unknown(reply, id);
      return reply.status(204).send();
    });
  };
}
