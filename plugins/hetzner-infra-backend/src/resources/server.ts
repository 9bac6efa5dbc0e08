import {
  ownershipSelector,
  SERVER_LABELS,
  verbatim,
  type ActualResource,
  type Owner,
  type ResourceNode,
  type ServerState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { userDataHash } from '../bootstrap/userData';
import {
  CloudError,
  createOrAdopt,
  type Action,
  type CreateBody,
  type Server,
} from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { partOf, type OnProgress } from './progress';
import { putRight } from './putRight';
import { referredIds, type Reference } from './references';
import { removeOwned } from './removal';
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
      userData: labels[SERVER_LABELS.userData] ?? null,
      protected: server.protection.delete && server.protection.rebuild,
    },
    busy: isBusy(server),
    diskGb: server.primary_disk_size,
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
  userData: string,
): CreateBody<'/servers'> {
  const { desired } = node;
  const { name, labels } = newIdentity(node, context);
  const idOf = (
    kind: 'network' | 'placement-group' | 'firewall' | 'ssh-key',
    key: string,
  ) => context.known.idOf(kind, key);
  const attachedLater = desired.privateIp !== null;
  return {
    name,
    labels: {
      ...labels,
      [SERVER_LABELS.role]: desired.role,
      ...(desired.pool ? { [SERVER_LABELS.pool]: desired.pool } : {}),
      [SERVER_LABELS.userData]: userDataHash(userData),
    },
    user_data: userData,
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

/** Puts right what differs on a server that is at rest. */
const putServerRight = (
  node: ResourceNode<'server'>,
  server: Server,
  context: ChangeContext,
  onProgress: OnProgress,
) =>
  putRight(
    serverRepairs,
    describeServer(server, context.owner, referencesOf(node, context)),
    { server, node, context, onProgress },
  );

/**
 * Waits for what a create started, and returns whether all of it succeeded.
 * When the server could not be started or attached (both happen when they
 * collide), it exists nevertheless and is put right afterwards.
 */
async function created(
  actions: readonly Action[],
  { cloud, signal, onProgress, log }: ChangeContext,
): Promise<boolean> {
  try {
    await cloud.waitFor(actions, {
      signal,
      onProgress: partOf(onProgress, 0, CREATED_PERCENT),
    });
    return true;
  } catch (error) {
    const isLater =
      error instanceof CloudError &&
      error.action !== undefined &&
      error.action.command !== 'create_server';
    if (!isLater) throw error;
    log(verbatim(error.message));
    return false;
  }
}

/**
 * A new server, everything of which succeeded: it is as it was asked for, so
 * nobody has to look. What differs nevertheless shows when the environment is
 * observed at the end.
 */
const asAskedFor = (
  server: Server,
  { networks = [], start_after_create: started }: CreateBody<'/servers'>,
): Server => ({
  ...server,
  status: started ? 'running' : 'off',
  locked: false,
  private_net: networks.map(network => ({ network })),
});

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
    const body = createBody(
      node,
      context,
      await context.material.userData(node.key),
    );
    const { resource, actions, adopted } = await createOrAdopt(
      cloud,
      '/servers',
      body,
      { signal },
    );
    const succeeded = await created(actions, context);
    await putServerRight(
      node,
      succeeded && !adopted
        ? asAskedFor(resource, body)
        : await settledServer(resource.id, context),
      context,
      partOf(onProgress, CREATED_PERCENT, 100),
    );
    return { providerId: resource.id };
  },

  async update(node, actual, _differences, context) {
    await putServerRight(
      node,
      await settledServer(actual.providerId, context),
      context,
      context.onProgress,
    );
  },

  async remove(actual, context) {
    const { cloud, signal } = context;
    const path = { id: actual.providerId };
    await removeOwned(actual, context, {
      settle: () => runningActionsEnded(path.id, context),
      liftProtection: () =>
        cloud.post('/servers/{id}/actions/change_protection', {
          path,
          body: { delete: false, rebuild: false },
          signal,
        }),
      async delete() {
        const { action } = await cloud.delete('/servers/{id}', {
          path,
          signal,
        });
        return action;
      },
    });
  },
};
