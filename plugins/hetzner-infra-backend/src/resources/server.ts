import {
  differences,
  ownershipSelector,
  SERVER_LABELS,
  type ActualResource,
  type Owner,
  type ResourceNode,
  type ServerState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  CloudError,
  createOrAdopt,
  type Action,
  type CreateBody,
  type Server,
} from '../clouds/hetzner';
import { identityOf, newIdentity, requireOwned } from './identity';
import { partOf, type OnProgress } from './progress';
import { referredIds, type Reference } from './references';
import { untilGone } from './removal';
import type {
  ChangeContext,
  ObservedIds,
  ResourceDriver,
} from './ResourceDriver';
import { isBusy, runningActionsEnded, settledServer } from './settledServer';
import { serverRepairs } from './serverRepairs';

/** A server in the words of the graph. Networks of somebody else count for nothing; other firewalls do. */
export function describeServer(
  server: Server,
  owner: Owner,
  others: ObservedIds,
): ActualResource<'server'> {
  const { public_net: publicNet, labels } = server;
  const attachment = server.private_net
    .map(({ network, ip }) => ({
      key: others.keyOf('network', network!),
      ip: ip ?? null,
    }))
    .find(({ key }) => !/^(foreign|superseded):/.test(key));
  return {
    kind: 'server',
    ...identityOf(server, owner),
    state: {
      serverType: server.server_type.name,
      image: server.image?.name ?? 'an image that is gone',
      location: server.location.name,
      role: (labels[SERVER_LABELS.role] ?? 'none') as ServerState['role'],
      pool: labels[SERVER_LABELS.pool] ?? null,
      placementGroup: server.placement_group
        ? others.keyOf('placement-group', server.placement_group.id)
        : null,
      firewalls: (publicNet.firewalls ?? []).map(({ id }) =>
        others.keyOf('firewall', id!),
      ),
      // The provider does not tell which keys a server was made with.
      sshKeys: [],
      network: attachment?.key ?? null,
      privateIp: attachment?.ip ?? null,
      power: server.status === 'running' ? 'on' : 'off',
      protected: server.protection.delete && server.protection.rebuild,
    },
    busy: isBusy(server),
    details: {
      ...(publicNet.ipv4 ? { 'Public IPv4': publicNet.ipv4.ip } : {}),
      ...(publicNet.ipv6 ? { 'Public IPv6': publicNet.ipv6.ip } : {}),
      ...(attachment?.ip ? { 'Private IP': attachment.ip } : {}),
      Type: server.server_type.name,
      Status: server.status,
    },
    deleteProtected: server.protection.delete,
  };
}

/** What a server node refers to. */
const referencesOf = (
  { desired }: ResourceNode<'server'>,
  context: ChangeContext,
) =>
  referredIds(
    [
      ['network', desired.network],
      ['placement-group', desired.placementGroup],
      ...desired.firewalls.map((key): Reference => ['firewall', key]),
    ],
    context.known,
  );

/**
 * A server with a fixed private address is made off and outside the network:
 * the provider gives an address of its own choice to whatever is attached at
 * creation (Hetzner Cloud API, Servers: create; `networks` takes ids only).
 */
function createBody(
  node: ResourceNode<'server'>,
  context: ChangeContext,
): CreateBody<'/servers'> {
  const { desired } = node;
  const { name, labels } = newIdentity(node, context);
  const idOf = (
    kind: 'network' | 'placement-group' | 'firewall' | 'ssh-key',
    key: string,
  ) => context.known.get(kind, key).providerId;
  const attachedLater = desired.privateIp !== null;
  return {
    name,
    labels: {
      ...labels,
      [SERVER_LABELS.role]: desired.role,
      ...(desired.pool ? { [SERVER_LABELS.pool]: desired.pool } : {}),
    },
    server_type: desired.serverType,
    // The name stands for one image of each architecture; the provider takes
    // that of the server type (hetznercloud/terraform-provider-hcloud#666).
    image: desired.image,
    location: desired.location,
    ...(desired.placementGroup
      ? { placement_group: idOf('placement-group', desired.placementGroup) }
      : {}),
    ssh_keys: desired.sshKeys.map(key => String(idOf('ssh-key', key))),
    firewalls: desired.firewalls.map(key => ({
      firewall: idOf('firewall', key),
    })),
    ...(desired.network && !attachedLater
      ? { networks: [idOf('network', desired.network)] }
      : {}),
    start_after_create: desired.power === 'on' && !attachedLater,
    public_net: { enable_ipv4: true, enable_ipv6: true },
  };
}

/** Of the progress of a create, the part that is over when the server exists. */
const CREATED_PERCENT = 60;

/**
 * Puts a server right in every field that is put right in place. What differs
 * is read afresh when the server is at rest, because the plan saw it earlier.
 */
async function putRight(
  node: ResourceNode<'server'>,
  id: number,
  context: ChangeContext,
  onProgress: OnProgress,
): Promise<ActualResource<'server'>> {
  const others = referencesOf(node, context);
  const server = await settledServer(id, context);
  const found = describeServer(server, context.owner, others);
  const repairs = serverRepairs(
    differences(node, found)
      .filter(({ remedy }) => remedy === 'update')
      .map(({ field }) => field),
  );
  if (repairs.length === 0) return found;
  for (const [index, repair] of repairs.entries()) {
    const share = 100 / repairs.length;
    await repair({
      server,
      node,
      context,
      onProgress: partOf(onProgress, index * share, (index + 1) * share),
    });
  }
  return describeServer(
    await settledServer(id, context),
    context.owner,
    others,
  );
}

/**
 * Waits for what a create started. When the server could not be started or
 * attached (both happen when they collide), it exists nevertheless and is put
 * right afterwards.
 */
async function created(
  actions: readonly Action[],
  { cloud, signal, onProgress, log }: ChangeContext,
): Promise<void> {
  try {
    await cloud.waitFor(actions, {
      signal,
      onProgress: partOf(onProgress, 0, CREATED_PERCENT),
    });
  } catch (error) {
    const isLater =
      error instanceof CloudError &&
      error.action !== undefined &&
      error.action.command !== 'create_server';
    if (!isLater) throw error;
    log(error.message);
  }
}

/** Servers. */
export const serverDriver: ResourceDriver<'server'> = {
  kind: 'server',

  async observe({ cloud, owner }) {
    const servers = await cloud.listAll('/servers', {
      label_selector: ownershipSelector(owner),
    });
    return others =>
      servers.map(server => describeServer(server, owner, others));
  },

  async create(node, context) {
    const { cloud, signal, onProgress } = context;
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/servers',
      createBody(node, context),
      { signal },
    );
    await created(actions, context);
    return putRight(
      node,
      resource.id,
      context,
      partOf(onProgress, CREATED_PERCENT, 100),
    );
  },

  async update(node, actual, _differences, context) {
    return putRight(node, actual.providerId, context, context.onProgress);
  },

  async remove(actual, context) {
    requireOwned(actual);
    const { cloud, signal } = context;
    const path = { id: actual.providerId };
    await untilGone(context, async () => {
      // The provider refuses to delete what it still works on.
      if (actual.busy) await runningActionsEnded(path.id, context);
      if (actual.deleteProtected) {
        const { action } = await cloud.post(
          '/servers/{id}/actions/change_protection',
          { path, body: { delete: false, rebuild: false }, signal },
        );
        await cloud.waitFor([action], { signal });
      }
      const { action } = await cloud.delete('/servers/{id}', { path, signal });
      return action;
    });
  },
};
