import {
  note,
  ownershipSelector,
  type ActualResource,
  type Owner,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  createOrAdopt,
  hetznerCodes,
  isCode,
  type Action,
  type CreateBody,
  type LoadBalancer,
} from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { loadBalancerRepairs } from './loadBalancerRepairs';
import { foundService, wireService } from './loadBalancerServices';
import { poolsOf, poolTargets, targetHealth } from './loadBalancerTargets';
import { partOf, type OnProgress } from './progress';
import { putRight } from './putRight';
import { referredIds, type Reference } from './references';
import { removeOwned } from './removal';
import type {
  ChangeContext,
  ObservedIds,
  ResourceDriver,
} from './ResourceDriver';

/** A load balancer in the words of the graph. The health of its targets is shown and nothing more. */
export function describeLoadBalancer(
  loadBalancer: LoadBalancer,
  owner: Owner,
  others: ObservedIds,
): ActualResource<'load-balancer'> {
  const { public_net: publicNet, load_balancer_type: type } = loadBalancer;
  const [attachment] = loadBalancer.private_net;
  const { healthy, total } = targetHealth(loadBalancer);
  return {
    kind: 'load-balancer',
    ...identityOf(loadBalancer, owner),
    state: {
      type: type.name,
      location: loadBalancer.location.name,
      algorithm: loadBalancer.algorithm.type,
      network: attachment ? others.keyOf('network', attachment.network) : null,
      services: loadBalancer.services
        .map(service => foundService(service, others))
        .sort((a, b) => a.listenPort - b.listenPort),
      targetPools: loadBalancer.targets.flatMap(target =>
        poolsOf(target, owner),
      ),
    },
    // The list does not tell; a change waits for what runs before it looks.
    busy: false,
    details: {
      ...(publicNet.ipv4.ip ? { 'Public IPv4': publicNet.ipv4.ip } : {}),
      ...(publicNet.ipv6.ip ? { 'Public IPv6': publicNet.ipv6.ip } : {}),
      ...(attachment ? { 'Private IP': attachment.ip } : {}),
      Type: type.name,
      'Healthy targets': `${healthy} of ${total}`,
    },
    targets: { healthy, total },
    deleteProtected: loadBalancer.protection.delete,
  };
}

/** What a load balancer node refers to. */
const referencesOf = (
  { desired }: ResourceNode<'load-balancer'>,
  context: ChangeContext,
) =>
  referredIds(
    [
      ['network', desired.network],
      ...desired.services.map(
        ({ http }): Reference => ['certificate', http?.certificate ?? null],
      ),
    ],
    context.known,
  );

function createBody(
  node: ResourceNode<'load-balancer'>,
  context: ChangeContext,
): CreateBody<'/load_balancers'> {
  const { desired } = node;
  const { known, owner } = context;
  return {
    ...newIdentity(node, context),
    load_balancer_type: desired.type,
    location: desired.location,
    algorithm: { type: desired.algorithm },
    ...(desired.network
      ? { network: known.idOf('network', desired.network) }
      : {}),
    services: desired.services.map(service =>
      wireService(service, key => known.idOf('certificate', key)),
    ),
    targets: poolTargets(desired.targetPools, owner),
    public_interface: true,
  };
}

/** Of the progress of a create, the part that is over when the load balancer exists. */
const CREATED_PERCENT = 80;

/** Reads a load balancer afresh, and puts right what differs. */
async function readAndPutRight(
  node: ResourceNode<'load-balancer'>,
  id: number,
  context: ChangeContext,
  onProgress: OnProgress,
): Promise<void> {
  const { cloud, owner, signal } = context;
  const { load_balancer: loadBalancer } = await cloud.get(
    '/load_balancers/{id}',
    { path: { id }, signal },
  );
  const others = referencesOf(node, context);
  await putRight(
    loadBalancerRepairs,
    describeLoadBalancer(loadBalancer, owner, others),
    { loadBalancer, node, context, others, onProgress },
  );
}

/** Waits for what still runs on a load balancer, of an earlier try or of somebody else. */
async function runningActionsEnded(
  id: number,
  { cloud, signal }: ChangeContext,
): Promise<void> {
  const { actions } = await cloud.get('/load_balancers/{id}/actions', {
    path: { id },
    query: { status: ['running'] },
    signal,
  });
  await cloud.waitFor(actions, { signal });
}

/** Load balancers. */
export const loadBalancerDriver: ResourceDriver<'load-balancer'> = {
  kind: 'load-balancer',

  async observe({ cloud, owner }) {
    const loadBalancers = await cloud.listAll('/load_balancers', {
      label_selector: ownershipSelector(owner),
    });
    return others =>
      loadBalancers.map(loadBalancer =>
        describeLoadBalancer(loadBalancer, owner, others),
      );
  },

  async create(node, context) {
    const { cloud, signal, onProgress, log } = context;
    const body = createBody(node, context);
    const send = (wanted: typeof body) =>
      createOrAdopt(cloud, '/load_balancers', wanted, { signal });
    const { resource, actions } = await send(body).catch(error => {
      if (!isCode(error, hetznerCodes.resolveCloudPrivateTargetsError)) {
        throw error;
      }
      // Servers are made at the same time and some are not in the network yet.
      log(
        note(
          'targets-later',
          { reason: error.message },
          `Its targets follow when they can be reached. ${error.message}`,
        ),
      );
      return send({ ...body, targets: [] });
    });
    await cloud.waitFor(actions, {
      signal,
      onProgress: partOf(onProgress, 0, CREATED_PERCENT),
    });
    await readAndPutRight(
      node,
      resource.id,
      context,
      partOf(onProgress, CREATED_PERCENT, 100),
    );
    return { providerId: resource.id };
  },

  async update(node, actual, _differences, context) {
    await runningActionsEnded(actual.providerId, context);
    await readAndPutRight(node, actual.providerId, context, context.onProgress);
  },

  async remove(actual, context) {
    const { cloud, signal } = context;
    const path = { id: actual.providerId };
    await removeOwned(actual, context, {
      liftProtection: () =>
        cloud.post('/load_balancers/{id}/actions/change_protection', {
          path,
          body: { delete: false },
          signal,
        }),
      async delete() {
        const answer = (await cloud.delete('/load_balancers/{id}', {
          path,
          signal,
        })) as { action?: Action } | undefined;
        // Absent before October 2026 (hcloud-go v2.52, load_balancer.go).
        return answer?.action;
      },
    });
  },
};
