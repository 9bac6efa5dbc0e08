import { z } from 'zod';
import { actionAnswer, StoredAction } from '../../actions/action';
import { started, startedAll } from '../../actions/actionOperations';
import { requireUnlocked } from '../../actions/runner';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { hostName, requireUniqueName } from '../../nameRules';
import { Call, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { requireQuota } from '../../quota';
import { found, id, idOrName, invalidField } from '../../reference';
import { flag, listOf } from '../../requestFields';
import { requireRoomForFirewalls } from '../firewalls/membership';
import { anyAddress, requireAddress } from '../networks/assignment';
import { requireRoomInGroup } from '../placementGroups';
import { freePrimaryIp } from '../primaryIps/assignment';
import {
  addPrimaryIp,
  countedPrimaryIps,
  PrimaryIp,
} from '../primaryIps/primaryIp';
import { attachVolume, requireAttachable } from '../volumeAttachment';
import { createEffect, holding, startEffect } from './lifecycle';
import { requireRoomForNetworks, startAttaching } from './attachment';
import { rootPassword } from './password';
import { choosePlacement } from './placement';
import type { Server } from './server';
import { serverAnswer, serverView } from './view';

/** Source: Hetzner Cloud API, `POST /servers`. */
const MAX_USER_DATA = 32_768;

/** User data of a request. */
export const userData = z
  .string()
  .max(MAX_USER_DATA, `Length must be between 0 and ${MAX_USER_DATA}.`);

const body = z.object({
  name: hostName,
  server_type: idOrName,
  image: idOrName,
  location: idOrName.nullish(),
  start_after_create: flag(true),
  placement_group: id.nullish(),
  ssh_keys: listOf(idOrName),
  volumes: listOf(id),
  networks: listOf(id),
  firewalls: listOf(z.object({ firewall: id })),
  user_data: userData.nullish(),
  labels: labels.nullish().transform(value => value ?? {}),
  public_net: z
    .object({
      enable_ipv4: flag(true),
      enable_ipv6: flag(true),
      ipv4: id.nullish(),
      ipv6: id.nullish(),
    })
    .nullish(),
});

type Body = z.infer<typeof body>;

/** A primary IP that exists, one that is to be made, or none. */
type AddressChoice = PrimaryIp | 'new' | null;

/** The public addresses that a request wants. */
function resolvePublicNet(
  project: Project,
  { public_net: wish }: Body,
  location: string,
): Record<'ipv4' | 'ipv6', AddressChoice> {
  const choose = (type: 'ipv4' | 'ipv6'): AddressChoice => {
    const wanted = wish?.[type];
    if (!(wish?.[`enable_${type}`] ?? true)) {
      if (!wanted) return null;
      throw invalidField(`public_net.${type}`, `needs enable_${type}`);
    }
    return wanted ? freePrimaryIp(project, wanted, { type, location }) : 'new';
  };
  return { ipv4: choose('ipv4'), ipv6: choose('ipv6') };
}

/** Everything that a request names, found and fit for the new server. */
function resolve(call: Call<Body>) {
  const { project, body: wish } = call;
  const { type, location, image } = choosePlacement(call, wish);
  const publicNet = resolvePublicNet(project, wish, location.name);
  const hasPublic = publicNet.ipv4 !== null || publicNet.ipv6 !== null;
  if (!hasPublic && wish.networks.length === 0 && wish.start_after_create) {
    throw invalidField(
      'public_net',
      'a server without public IPs needs a network to start',
    );
  }
  for (const [field, list] of [
    ['networks', wish.networks],
    ['volumes', wish.volumes],
    ['firewalls', wish.firewalls.map(({ firewall }) => firewall)],
  ] as const) {
    if (new Set(list).size < list.length) {
      throw invalidField(field, 'must not name one twice');
    }
  }
  const sshKeys = wish.ssh_keys.map(wanted => {
    const key = [...project.sshKeys.values()].find(
      candidate => String(candidate.id) === wanted || candidate.name === wanted,
    );
    if (!key) throw errors.notFound('ssh_key', wanted);
    return key.id;
  });
  const networks = wish.networks.map(network =>
    found(project.networks, 'network', network),
  );
  requireRoomForNetworks([], networks);
  for (const network of networks) {
    requireAddress(project, network, location.network_zone, anyAddress);
  }
  const firewalls = wish.firewalls.map(({ firewall }) =>
    found(project.firewalls, 'firewall', firewall),
  );
  if (firewalls.length > 0 && !hasPublic) throw errors.privateNetOnlyServer();
  requireRoomForFirewalls(project, null, firewalls);
  const volumes = wish.volumes.map(volume =>
    found(project.volumes, 'volume', volume),
  );
  for (const volume of volumes) {
    requireUnlocked(project, 'volume', volume.id);
    requireAttachable(volume, {
      location: location.name,
      volumes: wish.volumes.length - 1,
    });
  }
  if (wish.placement_group) requireRoomInGroup(project, wish.placement_group);
  return {
    type,
    location,
    image,
    publicNet,
    sshKeys,
    networks,
    firewalls,
    volumes,
  };
}

function newServer(
  call: Call<Body>,
  parts: ReturnType<typeof resolve>,
): Server {
  const { cloud, now, body: wish } = call;
  const location = parts.location.name;
  const primaryIp = (type: 'ipv4' | 'ipv6'): number | null => {
    const choice = parts.publicNet[type];
    return choice === 'new'
      ? addPrimaryIp(call, { type, location, autoDelete: true }).id
      : choice && choice.id;
  };
  return {
    id: cloud.newId(),
    name: wish.name,
    status: 'initializing',
    created: now,
    serverType: parts.type.name,
    location,
    image: parts.image.id,
    ipv4: primaryIp('ipv4'),
    ipv6: primaryIp('ipv6'),
    privateNets: [],
    protection: { delete: false, rebuild: false },
    labels: wish.labels,
    placementGroup: wish.placement_group ?? null,
    sshKeys: parts.sshKeys,
    userData: wish.user_data ?? '',
    diskSize: parts.type.disk,
    iso: null,
    rescueSince: null,
    backupWindow: null,
    nextBackup: null,
    shutdown: null,
    boots: 0,
    instance: 0,
  };
}

/** Starts what follows the creation: the first start, then networks and volumes. */
function startNextActions(
  call: Call<Body>,
  server: Server,
  created: StoredAction,
  { networks, volumes }: ReturnType<typeof resolve>,
): StoredAction[] {
  const after = [created];
  return [
    ...(call.body.start_after_create
      ? [
          call.start(
            startEffect,
            { server: server.id },
            { ...holding(server), after },
          ),
        ]
      : []),
    ...networks.map(network =>
      startAttaching(call, server, network.id, anyAddress, after),
    ),
    ...volumes.map(volume =>
      call.start(
        attachVolume,
        { volume: volume.id, server: server.id },
        {
          resources: [
            { type: 'server', id: server.id },
            { type: 'volume', id: volume.id },
          ],
          locks: [
            { type: 'server', id: server.id },
            { type: 'volume', id: volume.id },
          ],
          after,
        },
      ),
    ),
  ];
}

/** The birth of a server. */
export const createServer: Operation = operation('POST /servers', {
  status: 201,
  body,
  answer: z.object({
    server: serverAnswer,
    action: actionAnswer,
    next_actions: z.array(actionAnswer),
    root_password: z.string().nullable(),
  }),
  handle(call) {
    const { cloud, project } = call;
    const parts = resolve(call);
    requireUniqueName(
      project.servers,
      call.body.name,
      'server name is already used',
    );
    requireQuota(call, 'servers', project.servers.size);
    requireQuota(
      call,
      'primaryIps',
      countedPrimaryIps(project),
      Object.values(parts.publicNet).filter(choice => choice === 'new').length,
    );
    const server = newServer(call, parts);
    project.servers.set(server.id, server);
    cloud.takeCapacity(server.serverType, server.location);
    for (const firewall of parts.firewalls) {
      firewall.appliedTo.push({
        type: 'server',
        server: server.id,
        pending: true,
      });
    }
    const created = call.start(
      createEffect,
      { server: server.id },
      holding(server),
    );
    const next = startNextActions(call, server, created, parts);
    return {
      server: serverView(server, call),
      ...started(created, call),
      next_actions: startedAll(next, call),
      root_password: parts.sshKeys.length > 0 ? null : rootPassword(),
    };
  },
});
