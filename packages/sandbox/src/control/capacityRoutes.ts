import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { capacityLimit, limitCapacity } from '../hetzner/capacity';
import type { Cloud } from '../hetzner/cloud';

/** Reading and setting how many servers of a type a location has room for. */
export function capacityRoutes(cloud: Cloud) {
  return async (server: FastifyInstance) => {
    server.get('/capacity', async () => cloud.capacity);
    server.put('/capacity', async request => {
      const wanted = z.array(capacityLimit).parse(request.body);
      const now = cloud.clock.now();
      await cloud.setCapacity(wanted.map(limit => limitCapacity(limit, now)));
      return cloud.capacity;
    });
    server.delete('/capacity', async (_request, reply) => {
      await cloud.setCapacity([]);
      return reply.status(204).send();
    });
  };
}
