import type { FastifyInstance } from 'fastify';
import { faultPlanList } from '../hetzner/faults/plan';
import { faultList } from '../hetzner/faults/rule';
import type { ControlState } from './controlState';

/** Reading and setting faults: rules for chosen requests, plans for random ones. */
export function faultRoutes(control: ControlState) {
  return async (server: FastifyInstance) => {
    server.get('/faults', async () => control.faults);
    server.put('/faults', async request => {
      await control.setFaults(faultList.parse(request.body));
      return control.faults;
    });
    server.delete('/faults', async (_request, reply) => {
      await control.setFaults([]);
      return reply.status(204).send();
    });

    server.get('/fault-plans', async () => control.plans);
    server.put('/fault-plans', async request => {
      await control.setPlans(faultPlanList.parse(request.body));
      return control.plans;
    });
    server.delete('/fault-plans', async (_request, reply) => {
      await control.setPlans([]);
      return reply.status(204).send();
    });
  };
}
