import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { Snapshots } from '../hetzner/snapshots';
import type { ControlContext } from './routes';

const params = z.object({ id: z.coerce.number().int() });
const wish = z.strictObject({
  projects: z.array(z.string().min(1)).optional(),
});

const unknown = (reply: FastifyReply, id: number) =>
  reply.status(404).send({ error: `There is no snapshot ${id}.` });

/** Taking and restoring the state of projects. */
export function snapshotRoutes({ cloud, record, numbers }: ControlContext) {
  const snapshots = new Snapshots(cloud);
  return async (server: FastifyInstance) => {
    server.get('/snapshots', async () => snapshots.list());
    server.post('/snapshots', async (request, reply) => {
      const { projects } = wish.parse(request.body ?? {});
      return reply.status(201).send(snapshots.take(projects));
    });
    server.post('/snapshots/:id/restore', async (request, reply) => {
      const { id } = params.parse(request.params);
      const restored = await snapshots.restore(id);
      if (!restored) return unknown(reply, id);
      for (const name of restored) {
        record.clear(name);
        numbers.restart(name);
      }
      return { projects: restored };
    });
    server.delete('/snapshots/:id', async (request, reply) => {
      const { id } = params.parse(request.params);
      if (!snapshots.remove(id)) return unknown(reply, id);
      return reply.status(204).send();
    });
  };
}
