import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { started } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { findLoadBalancerType } from '../../catalogue/loadBalancerTypes';
import {
  findLocation,
  locationNamed,
  locations,
} from '../../catalogue/locations';
import { labels } from '../../labels';
import { freeName, requireUniqueName } from '../../nameRules';
import { Call, Operation, operation } from '../../operation';
import { requireQuota } from '../../quota';
import { found, id, idOrName, invalidField } from '../../reference';
import { flag, listOf } from '../../requestFields';
import {
  anyAddress,
  assignAddress,
  requireAddress,
} from '../networks/assignment';
import { freePrimaryIp } from '../primaryIps/assignment';
import { addPrimaryIp, releasePrimaryIps } from '../primaryIps/primaryIp';
import { holding, loadBalancerArgs, loadBalancerOf } from './changes';
import type { LoadBalancer } from './loadBalancer';
import { newService, requireCompatibleServices, serviceBody } from './services';
import { requireTarget, targetBody, targetOf } from './targets';
import { loadBalancerAnswer, loadBalancerView } from './view';

/** How traffic is spread. */
export const algorithmBody = z.object({
  type: z.enum(['round_robin', 'least_connections']),
});

const body = z.object({
  name: freeName,
  load_balancer_type: idOrName,
  location: idOrName.nullish(),
  network_zone: z.string().nullish(),
  algorithm: algorithmBody.nullish(),
  services: listOf(serviceBody),
  targets: listOf(targetBody),
  labels: labels.nullish().transform(value => value ?? {}),
  network: id.nullish(),
  public_interface: flag(true),
  public_net: z.object({ ipv4: id.nullish(), ipv6: id.nullish() }).nullish(),
});

type Body = z.infer<typeof body>;

const create = defineEffect({
  name: 'create_load_balancer',
  command: 'create_load_balancer',
  latency: 'create_load_balancer',
  args: loadBalancerArgs,
  succeed() {
    // It exists since it was asked for; the action tells when it is in service.
  },
  fail({ loadBalancer }, { project }) {
    releasePrimaryIps(project, loadBalancerOf(project, loadBalancer));
    project.loadBalancers.delete(loadBalancer);
  },
});

/** Location or network zone, one of the two. */
function chooseLocation({ location, network_zone: zone }: Body) {
  if (Boolean(location) === Boolean(zone)) {
    throw invalidField(
      'location',
      'either location or network_zone is required',
    );
  }
  const chosen = location
    ? findLocation(location)
    : locations.find(candidate => candidate.network_zone === zone);
  if (!chosen) {
    throw location
      ? invalidField('location', `location '${location}' not found`)
      : invalidField('network_zone', `network zone '${zone}' not found`);
  }
  return chosen;
}

function newLoadBalancer(call: Call<Body>): LoadBalancer {
  const { cloud, project, now, body: wish } = call;
  const type = findLoadBalancerType(wish.load_balancer_type);
  if (!type) {
    throw invalidField(
      'load_balancer_type',
      `load balancer type '${wish.load_balancer_type}' not found`,
    );
  }
  const location = chooseLocation(wish);
  if (!type.locations.includes(location.name)) {
    throw invalidField(
      'location',
      'unsupported location for load balancer type',
    );
  }
  const chosenIp = (version: 'ipv4' | 'ipv6') => {
    const wanted = wish.public_net?.[version];
    return wanted
      ? freePrimaryIp(project, wanted, {
          type: version,
          location: location.name,
        })
      : undefined;
  };
  const [ipv4, ipv6] = [chosenIp('ipv4'), chosenIp('ipv6')];
  const loadBalancer: LoadBalancer = {
    id: 0,
    name: wish.name,
    created: now,
    type: type.name,
    location: location.name,
    labels: wish.labels,
    protection: { delete: false },
    algorithm: wish.algorithm?.type ?? 'round_robin',
    publicInterface: wish.public_interface,
    ipv4: 0,
    ipv6: 0,
    privateNets: [],
    services: wish.services.map(newService),
    targets: [],
    checkedSince: {},
  };
  if (wish.network) {
    const network = found(project.networks, 'network', wish.network);
    const zone = locationNamed(location.name).network_zone;
    requireAddress(project, network, zone, anyAddress);
    const ip = assignAddress(project, network, zone, anyAddress);
    loadBalancer.privateNets.push({ network: network.id, ip });
  }
  requireCompatibleServices(project, loadBalancer.type, loadBalancer.services);
  for (const target of wish.targets.map(targetOf)) {
    requireTarget(project, cloud, loadBalancer, target);
    loadBalancer.targets.push(target);
  }
  requireUniqueName(project.loadBalancers, wish.name, 'name is already used');
  requireQuota(call, 'loadBalancers', project.loadBalancers.size);
  loadBalancer.id = cloud.newId();
  const newIp = (version: 'ipv4' | 'ipv6') =>
    addPrimaryIp(call, {
      type: version,
      location: location.name,
      autoDelete: true,
    });
  loadBalancer.ipv4 = (ipv4 ?? newIp('ipv4')).id;
  loadBalancer.ipv6 = (ipv6 ?? newIp('ipv6')).id;
  return loadBalancer;
}

/** The birth of a load balancer, with services, targets and network in one call. */
export const createLoadBalancer: Operation = operation('POST /load_balancers', {
  status: 201,
  body,
  answer: z.object({ load_balancer: loadBalancerAnswer, action: actionAnswer }),
  handle(call) {
    const loadBalancer = newLoadBalancer(call);
    call.project.loadBalancers.set(loadBalancer.id, loadBalancer);
    const action = call.start(
      create,
      { loadBalancer: loadBalancer.id },
      holding(loadBalancer),
    );
    return {
      load_balancer: loadBalancerView(loadBalancer, call),
      ...started(action, call),
    };
  },
});

/** The end of a load balancer. */
export const deleteEffect = defineEffect({
  name: 'delete_load_balancer',
  command: 'delete_load_balancer',
  latency: 'delete_load_balancer',
  args: loadBalancerArgs,
  succeed({ loadBalancer }, { project }) {
    releasePrimaryIps(project, loadBalancerOf(project, loadBalancer));
    project.loadBalancers.delete(loadBalancer);
  },
});
