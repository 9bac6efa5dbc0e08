import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { Operation, operation } from '../../operation';
import { invalidField } from '../../reference';
import {
  changeableLoadBalancer,
  holding,
  loadBalancerArgs,
  loadBalancerOf,
} from './changes';
import { LoadBalancer, Service, storedService } from './loadBalancer';
import {
  mergeService,
  newService,
  requireCompatibleServices,
  serviceBody,
} from './services';

/** Makes the health checks of a port begin anew. */
function forgetChecks(loadBalancer: LoadBalancer, port: number): void {
  loadBalancer.checkedSince = Object.fromEntries(
    Object.entries(loadBalancer.checkedSince).filter(
      ([key]) => !key.startsWith(`${port} `),
    ),
  );
}

const setService = (name: 'add_service' | 'update_service') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: loadBalancerArgs.extend({ service: storedService }),
    succeed({ loadBalancer, service }, { project }) {
      const target = loadBalancerOf(project, loadBalancer);
      const others = target.services.filter(
        other => other.listen_port !== service.listen_port,
      );
      target.services = [...others, service].sort(
        (left, right) => left.listen_port - right.listen_port,
      );
      forgetChecks(target, service.listen_port);
    },
  });

const addService = setService('add_service');
const updateService = setService('update_service');

const deleteService = defineEffect({
  name: 'delete_service',
  command: 'delete_service',
  latency: 'delete_service',
  args: loadBalancerArgs.extend({ port: z.int() }),
  succeed({ loadBalancer, port }, { project }) {
    const target = loadBalancerOf(project, loadBalancer);
    target.services = target.services.filter(
      other => other.listen_port !== port,
    );
  },
});

function serviceOf(
  loadBalancer: LoadBalancer,
  port: number | undefined,
): Service {
  const service = loadBalancer.services.find(
    candidate => candidate.listen_port === port,
  );
  if (!service) {
    throw invalidField('listen_port', `no service listens on port ${port}`);
  }
  return service;
}

/** A load balancer's services. */
export const serviceOperations: Operation[] = [
  operation('POST /load_balancers/{id}/actions/add_service', {
    status: 201,
    body: serviceBody,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const service = newService(call.body);
      requireCompatibleServices(call.project, loadBalancer.type, [
        ...loadBalancer.services,
        service,
      ]);
      const args = { loadBalancer: loadBalancer.id, service };
      return started(call.start(addService, args, holding(loadBalancer)), call);
    },
  }),
  operation('POST /load_balancers/{id}/actions/update_service', {
    status: 201,
    body: serviceBody,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const before = serviceOf(loadBalancer, call.body.listen_port);
      const service = mergeService(before, call.body);
      requireCompatibleServices(
        call.project,
        loadBalancer.type,
        loadBalancer.services.map(other =>
          other === before ? service : other,
        ),
      );
      const args = { loadBalancer: loadBalancer.id, service };
      return started(
        call.start(updateService, args, holding(loadBalancer)),
        call,
      );
    },
  }),
  operation('POST /load_balancers/{id}/actions/delete_service', {
    status: 201,
    body: z.object({ listen_port: z.int() }),
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const { listen_port: port } = serviceOf(
        loadBalancer,
        call.body.listen_port,
      );
      const args = { loadBalancer: loadBalancer.id, port };
      return started(
        call.start(deleteService, args, holding(loadBalancer)),
        call,
      );
    },
  }),
];
