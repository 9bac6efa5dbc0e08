import { z } from 'zod';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { findLoadBalancerType } from '../../catalogue/loadBalancerTypes';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { deleteProtectionChange } from '../../protection';
import { idOrName, invalidField } from '../../reference';
import { addressWith, reverseDnsBody, setReverseDns } from '../../reverseDns';
import { primaryIpsOf } from '../primaryIps/primaryIp';
import {
  changeableLoadBalancer,
  holding,
  loadBalancerArgs,
  loadBalancerOf,
} from './changes';
import { algorithmBody } from './create';
import { countTargets } from './targets';

const changeAlgorithm = defineEffect({
  name: 'change_algorithm',
  command: 'change_algorithm',
  latency: 'change_algorithm',
  args: loadBalancerArgs.extend({ algorithm: algorithmBody.shape.type }),
  succeed({ loadBalancer, algorithm }, { project }) {
    loadBalancerOf(project, loadBalancer).algorithm = algorithm;
  },
});

const changeType = defineEffect({
  name: 'change_load_balancer_type',
  command: 'change_load_balancer_type',
  latency: 'change_load_balancer_type',
  args: loadBalancerArgs.extend({ type: z.string() }),
  succeed({ loadBalancer, type }, { project }) {
    loadBalancerOf(project, loadBalancer).type = type;
  },
});

const changeProtection = defineEffect({
  name: 'change_load_balancer_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: loadBalancerArgs.extend({ delete: z.boolean() }),
  succeed({ loadBalancer, delete: on }, { project }) {
    loadBalancerOf(project, loadBalancer).protection = { delete: on };
  },
});

const changeDnsPtr = defineEffect({
  name: 'change_load_balancer_dns_ptr',
  command: 'change_dns_ptr',
  latency: 'change_dns_ptr',
  args: loadBalancerArgs.extend({
    ip: z.string(),
    name: z.string().nullable(),
  }),
  succeed({ loadBalancer, ip, name }, { project }) {
    const addresses = primaryIpsOf(
      project,
      loadBalancerOf(project, loadBalancer),
    );
    setReverseDns(addressWith(addresses, ip), ip, name);
  },
});

/** Changes of what a load balancer is. */
export const loadBalancerChangeOperations: Operation[] = [
  operation('POST /load_balancers/{id}/actions/change_algorithm', {
    status: 201,
    body: algorithmBody,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const args = { loadBalancer: loadBalancer.id, algorithm: call.body.type };
      return started(
        call.start(changeAlgorithm, args, holding(loadBalancer)),
        call,
      );
    },
  }),
  operation('POST /load_balancers/{id}/actions/change_type', {
    status: 201,
    body: z.object({ load_balancer_type: idOrName }),
    answer: startedAnswer,
    handle(call) {
      const { project, body } = call;
      const loadBalancer = changeableLoadBalancer(project, call.id);
      const type = findLoadBalancerType(body.load_balancer_type);
      if (!type) {
        throw invalidField(
          'load_balancer_type',
          `load balancer type '${body.load_balancer_type}' not found`,
        );
      }
      if (
        loadBalancer.services.length > type.maxServices ||
        countTargets(project, loadBalancer, loadBalancer.targets) >
          type.maxTargets
      ) {
        throw errors.invalidLoadBalancerType(
          'load balancer has more services or targets than the type allows',
        );
      }
      const args = { loadBalancer: loadBalancer.id, type: type.name };
      return started(call.start(changeType, args, holding(loadBalancer)), call);
    },
  }),
  operation('POST /load_balancers/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      const args = {
        loadBalancer: loadBalancer.id,
        delete: call.body.delete ?? loadBalancer.protection.delete,
      };
      return started(
        call.start(changeProtection, args, holding(loadBalancer)),
        call,
      );
    },
  }),
  operation('POST /load_balancers/{id}/actions/change_dns_ptr', {
    status: 201,
    body: reverseDnsBody,
    answer: startedAnswer,
    handle(call) {
      const { ip, dns_ptr: name = null } = call.body;
      const loadBalancer = changeableLoadBalancer(call.project, call.id);
      addressWith(primaryIpsOf(call.project, loadBalancer), ip);
      const args = { loadBalancer: loadBalancer.id, ip, name };
      return started(
        call.start(changeDnsPtr, args, holding(loadBalancer)),
        call,
      );
    },
  }),
];
