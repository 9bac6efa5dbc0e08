import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ControlContext } from './routes';

const params = z.object({ server: z.coerce.number().int() });

/** The programs of Kubernetes, and the machines with their consoles. */
export function machineRoutes({ machines }: ControlContext) {
  return async (server: FastifyInstance) => {
    const none = {
      error: 'Servers do not boot here: start with --machines.',
    };

    server.get('/programs', async (_request, reply) =>
      machines ? machines.programs.view : reply.status(404).send(none),
    );
    server.get('/machines', async (_request, reply) =>
      machines
        ? machines.views.map(({ console: _lines, ...view }) => view)
        : reply.status(404).send(none),
    );
    server.get('/machines/:server/console', async (request, reply) => {
      if (!machines) return reply.status(404).send(none);
      const id = params.parse(request.params).server;
      const machine = machines.views.find(view => view.server === id);
      return machine
        ? reply.type('text/plain').send(`${machine.console.join('\n')}\n`)
        : reply.status(404).send({ error: `Server ${id} was never on.` });
    });
  };
}
