import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import {
  changeableLoadBalancer,
  holding,
  loadBalancerArgs,
  loadBalancerOf,
} from './changes';
import { storedLoadBalancer } from './loadBalancer';
import { isSameTarget, requireTarget, targetBody, targetOf } from './targets';

const targetArgs = loadBalancerArgs.extend({
  target: storedLoadBalancer.shape.targets.element,
});

const addTarget = defineEffect({
  name: 'add_target',
  command: 'add_target',
  latency: 'add_target',
  args: targetArgs,
  succeed({ loadBalancer, target }, { project, cloud }) {
    const receiver = loadBalancerOf(project, loadBalancer);
    // The server may have gone or left the network in the meantime.
    requireTarget(project, cloud, receiver, target);
    receiver.targets.push(target);
  },
});

const removeTarget = defineEffect({
  name: 'remove_target',
  command: 'remove_target',
  latency: 'remove_target',
  args: targetArgs,
  succeed({ loadBalancer, target }, { project }) {
    const receiver = loadBalancerOf(project, loadBalancer);
    receiver.targets = receiver.targets.filter(
      other => !isSameTarget(other, target),
    );
  },
});

/** A load balancer's targets. */
export const targetOperations: Operation[] = [
  operation('POST /load_balancers/{id}/actions/add_target', {
    status: 201,
    body: targetBody,
    answer: startedAnswer,
    handle(call) {
      const { project, cloud } = call;
      const loadBalancer = changeableLoadBalancer(project, call.id);
      const target = targetOf(call.body);
      requireTarget(project, cloud, loadBalancer, target);
      const args = { loadBalancer: loadBalancer.id, target };
      return started(call.start(addTarget, args, holding(loadBalancer)), call);
    },
  }),
  operation('POST /load_balancers/{id}/actions/remove_target', {
    status: 201,
    body: targetBody,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const target = targetOf(call.body);
      if (!loadBalancer.targets.some(other => isSameTarget(other, target))) {
        throw errors.targetNotFound();
      }
      const args = { loadBalancer: loadBalancer.id, target };
      return started(
        call.start(removeTarget, args, holding(loadBalancer)),
        call,
      );
    },
  }),
];
