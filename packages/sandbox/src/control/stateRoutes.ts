import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ControlContext } from './routes';

const projectParams = z.object({ name: z.string().min(1) });
const actionParams = z.object({ id: z.coerce.number().int() });

/** How an action is to end. */
const actionEnd = z.strictObject({
  error: z
    .strictObject({ code: z.string().min(1), message: z.string() })
    .nullable()
    .default(null),
});

/** What exists: emptying it, and ending actions that hang. */
export function stateRoutes(context: ControlContext) {
  const { cloud, control, record, numbers, holds, judge } = context;
  return async (server: FastifyInstance) => {
    server.delete('/state', async (_request, reply) => {
      holds.clear();
      await cloud.empty();
      await control.setFaults([]);
      await control.setPlans([]);
      record.clear();
      numbers.restart();
      judge?.clear();
      return reply.status(204).send();
    });

    server.get('/projects', async () =>
      [...cloud.projects.values()].map(project => ({
        name: project.name,
        resources: Object.fromEntries(
          Object.entries(project).flatMap(([kind, collection]) =>
            collection instanceof Map ? [[kind, collection.size]] : [],
          ),
        ),
      })),
    );
    server.delete('/projects/:name', async (request, reply) => {
      const { name } = projectParams.parse(request.params);
      await cloud.removeProject(name);
      record.clear(name);
      numbers.restart(name);
      return reply.status(204).send();
    });

    server.post('/actions/:id/end', async (request, reply) => {
      const { id } = actionParams.parse(request.params);
      const { error } = actionEnd.parse(request.body ?? {});
      const action = cloud.runner.endNow(id, error);
      if (action) {
        const { command, status, resources } = action;
        return { id, command, status, resources };
      }
      return reply.status(409).send({ error: `No action ${id} is running.` });
    });
  };
}
