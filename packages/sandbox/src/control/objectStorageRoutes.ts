import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ControlContext } from './routes';

const wish = z.strictObject({ project: z.string().min(1).max(100) });
const params = z.object({ accessKey: z.string() });

/** The S3 server and its keys, which the provider's console would make. */
export function objectStorageRoutes({ objectStorage }: ControlContext) {
  return async (server: FastifyInstance) => {
    const none = (reply: FastifyReply) =>
      reply.status(404).send({
        error: 'No S3 server was asked for: start with --s3-port.',
      });
    const whenRunning = (reply: FastifyReply) => {
      const { state, reason } = objectStorage!.view;
      return state === 'running'
        ? undefined
        : reply.status(503).send({ error: reason });
    };

    server.get('/object-storage', async (_request, reply) =>
      objectStorage
        ? { ...objectStorage.view, keys: objectStorage.list() }
        : none(reply),
    );
    server.post('/object-storage/keys', async (request, reply) => {
      if (!objectStorage) return none(reply);
      const { project } = wish.parse(request.body);
      return (
        whenRunning(reply) ??
        reply.status(201).send(await objectStorage.issue(project))
      );
    });
    server.delete('/object-storage/keys/:accessKey', async (request, reply) => {
      if (!objectStorage) return none(reply);
      const { accessKey } = params.parse(request.params);
      if (whenRunning(reply)) return reply;
      return (await objectStorage.revoke(accessKey))
        ? reply.status(204).send()
        : reply.status(404).send({ error: `There is no key ${accessKey}.` });
    });
  };
}
