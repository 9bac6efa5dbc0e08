import type { LoadBalancerState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isDeepStrictEqual } from 'node:util';
import {
  hetznerCodes,
  isCode,
  type Action,
  type LoadBalancer,
  type RequestOf,
} from '../clouds/hetzner';
import { foundService, wireService } from './loadBalancerServices';
import { namedTarget, poolsOf, poolTargets } from './loadBalancerTargets';
import { patiently } from './patience';
import type { Repair, RepairWork } from './putRight';
import type { ChangeContext, ObservedIds } from './ResourceDriver';

/** A load balancer as it was read, and what it shall become. */
export interface LoadBalancerWork extends RepairWork<'load-balancer'> {
  loadBalancer: LoadBalancer;
  context: ChangeContext;
  others: ObservedIds;
}

type LoadBalancerRepair = Repair<LoadBalancerWork>['repair'];

/** The body for one service, whose type in the description forbids every field of the health check. */
type ServiceBody = RequestOf<
  'post',
  '/load_balancers/{id}/actions/add_service'
>['body'];

const pathOf = ({ loadBalancer }: LoadBalancerWork) => ({
  id: loadBalancer.id,
});

/** A load balancer is changed once at a time: each change is waited for before the next. */
async function done(
  { context, onProgress }: LoadBalancerWork,
  { action }: { action: Action },
): Promise<void> {
  const { cloud, signal } = context;
  await cloud.waitFor([action], { signal, onProgress });
}

async function removeTargets(
  work: LoadBalancerWork,
  targets: LoadBalancer['targets'],
): Promise<void> {
  const { cloud, signal } = work.context;
  for (const target of targets) {
    await done(
      work,
      await cloud.post('/load_balancers/{id}/actions/remove_target', {
        path: pathOf(work),
        body: namedTarget(target),
        signal,
      }),
    );
  }
}

/** A load balancer is in one network. Leaving one ends the targets in it, so all are set again afterwards. */
const setNetwork: LoadBalancerRepair = async work => {
  const { loadBalancer, node, context } = work;
  const { cloud, known, signal } = context;
  const path = pathOf(work);
  for (const { network } of loadBalancer.private_net) {
    await removeTargets(work, loadBalancer.targets);
    loadBalancer.targets = [];
    await done(
      work,
      await cloud.post('/load_balancers/{id}/actions/detach_from_network', {
        path,
        body: { network },
        signal,
      }),
    );
  }
  if (node.desired.network === null) return;
  const body = {
    network: known.idOf('network', node.desired.network),
  };
  try {
    await patiently(
      async () =>
        done(
          work,
          await cloud.post('/load_balancers/{id}/actions/attach_to_network', {
            path,
            body,
            signal,
          }),
        ),
      [hetznerCodes.ipNotAvailable, hetznerCodes.noSubnetAvailable],
      context,
    );
  } catch (error) {
    if (!isCode(error, hetznerCodes.loadBalancerAlreadyAttached)) throw error;
  }
};

const setType: LoadBalancerRepair = async work => {
  const { cloud, signal } = work.context;
  await done(
    work,
    await cloud.post('/load_balancers/{id}/actions/change_type', {
      path: pathOf(work),
      body: { load_balancer_type: work.node.desired.type },
      signal,
    }),
  );
};

const setAlgorithm: LoadBalancerRepair = async work => {
  const { cloud, signal } = work.context;
  await done(
    work,
    await cloud.post('/load_balancers/{id}/actions/change_algorithm', {
      path: pathOf(work),
      body: { type: work.node.desired.algorithm },
      signal,
    }),
  );
};

/** Services are told apart by the port they listen on. Those that go go first: another may want their port. */
const setServices: LoadBalancerRepair = async work => {
  const { loadBalancer, node, context, others } = work;
  const { cloud, known, signal } = context;
  const path = pathOf(work);
  const wanted = node.desired.services;
  const certificateId = (key: string) => known.idOf('certificate', key);
  const portsWanted = new Set(wanted.map(({ listenPort }) => listenPort));
  for (const { listen_port: port } of loadBalancer.services) {
    if (portsWanted.has(port)) continue;
    await done(
      work,
      await cloud.post('/load_balancers/{id}/actions/delete_service', {
        path,
        body: { listen_port: port },
        signal,
      }),
    );
  }
  for (const service of wanted) {
    const found = loadBalancer.services.find(
      ({ listen_port: port }) => port === service.listenPort,
    );
    const body = wireService(service, certificateId) as ServiceBody;
    if (!found) {
      await done(
        work,
        await cloud.post('/load_balancers/{id}/actions/add_service', {
          path,
          body,
          signal,
        }),
      );
    } else if (!isDeepStrictEqual(foundService(found, others), service)) {
      await done(
        work,
        await cloud.post('/load_balancers/{id}/actions/update_service', {
          path,
          body,
          signal,
        }),
      );
    }
  }
};

/** The new target first, so that traffic always has somewhere to go. */
const setTargets: LoadBalancerRepair = async work => {
  const { loadBalancer, node, context } = work;
  const { cloud, owner, signal } = context;
  const asText = (pools: readonly string[]) => [...pools].sort().join(',');
  const wanted = asText(node.desired.targetPools);
  const surplus = loadBalancer.targets.filter(
    target => asText(poolsOf(target, owner)) !== wanted,
  );
  if (surplus.length === loadBalancer.targets.length) {
    for (const target of poolTargets(node.desired.targetPools, owner)) {
      await patiently(
        async () =>
          done(
            work,
            await cloud.post('/load_balancers/{id}/actions/add_target', {
              path: pathOf(work),
              body: target,
              signal,
            }),
          ),
        [hetznerCodes.resolveCloudPrivateTargetsError],
        context,
      );
    }
  }
  await removeTargets(work, surplus);
};

/**
 * What is put right on a load balancer that differs in these fields, in this
 * order: its network, which its targets need, then its type, which says how
 * many services and targets it may have.
 */
export const loadBalancerRepairs: readonly (Repair<LoadBalancerWork> & {
  fields: readonly (keyof LoadBalancerState)[];
})[] = [
  { fields: ['network'], repair: setNetwork },
  { fields: ['type'], repair: setType },
  { fields: ['algorithm'], repair: setAlgorithm },
  { fields: ['services'], repair: setServices },
  { fields: ['targetPools', 'network'], repair: setTargets },
];
