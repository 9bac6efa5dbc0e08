import { z } from 'zod';
import { actionAnswer } from '../actions/action';
import {
  resourceActionOperations,
  started,
  startedAll,
  startedAnswer,
} from '../actions/actionOperations';
import { defineEffect } from '../actions/effect';
import { requireUnlocked } from '../actions/runner';
import { findLocation, locationNamed } from '../catalogue/locations';
import { errors } from '../errors';
import { labels } from '../labels';
import { getOperation, listOperation } from '../list';
import { requireUniqueName, volumeName } from '../nameRules';
import { CallContext, Operation, operation } from '../operation';
import type { Project } from '../project';
import { deleteProtectionChange, requireDeletable } from '../protection';
import { requireQuota } from '../quota';
import { found, id, idOrName, invalidField } from '../reference';
import { timestamp } from '../requestFields';
import { locationAnswer } from './locations';
import {
  attachVolume,
  detachVolume,
  requireAttachable,
} from './volumeAttachment';

const NAME_TAKEN = 'name is already used';

/** A volume as it is kept; the size is in GB. */
export const storedVolume = z.object({
  id: z.int(),
  name: z.string(),
  size: z.int(),
  status: z.enum(['creating', 'available']),
  server: z.int().nullable(),
  location: z.string(),
  format: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  created: z.number(),
});

/** A volume as it is kept. */
export type Volume = z.infer<typeof storedVolume>;

const answer = z.object({
  id: z.int(),
  created: z.string(),
  name: z.string(),
  server: z.int().nullable(),
  location: locationAnswer,
  size: z.int(),
  linux_device: z.string(),
  protection: z.object({ delete: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  status: z.enum(['available', 'creating']),
  format: z.string().nullable(),
});

const view = (volume: Volume): z.infer<typeof answer> => ({
  id: volume.id,
  created: timestamp(volume.created),
  name: volume.name,
  server: volume.server,
  location: locationNamed(volume.location),
  size: volume.size,
  linux_device: `/dev/disk/by-id/scsi-0HC_Volume_${volume.id}`,
  protection: volume.protection,
  labels: volume.labels,
  status: volume.status,
  format: volume.format,
});

/** GB. Source: Hetzner Cloud API, `POST /volumes`. */
const size = z.int().min(10).max(10_240);

const volumeArgs = z.object({ volume: z.int() });
const volumeOf = (project: Project, wanted: number) =>
  found(project.volumes, 'volume', wanted);

function changeableVolume(project: Project, wanted: number): Volume {
  const volume = volumeOf(project, wanted);
  requireUnlocked(project, 'volume', wanted);
  return volume;
}

const create = defineEffect({
  name: 'create_volume',
  command: 'create_volume',
  latency: 'create_volume',
  args: volumeArgs,
  succeed({ volume }, { project }) {
    volumeOf(project, volume).status = 'available';
  },
  fail: ({ volume }, { project }) => void project.volumes.delete(volume),
});

const resize = defineEffect({
  name: 'resize_volume',
  command: 'resize_volume',
  latency: 'resize_volume',
  args: volumeArgs.extend({ size: z.int() }),
  succeed({ volume, size: wanted }, { project }) {
    volumeOf(project, volume).size = wanted;
  },
});

const changeProtection = defineEffect({
  name: 'change_volume_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: volumeArgs.extend({ delete: z.boolean() }),
  succeed({ volume, delete: on }, { project }) {
    volumeOf(project, volume).protection = { delete: on };
  },
});

const holding = (volume: number) => ({
  resources: [{ type: 'volume', id: volume }],
  locks: [{ type: 'volume', id: volume }],
});

/** An attachment holds both the server and the volume. */
const holdingBoth = (server: number, volume: number) => {
  const both = [
    { type: 'server', id: server },
    { type: 'volume', id: volume },
  ];
  return { resources: both, locks: both };
};

/** The server that is to get a volume, unless an action holds it. */
function receivingServer({ project }: CallContext, wanted: number) {
  const server = found(project.servers, 'server', wanted);
  requireUnlocked(project, 'server', wanted);
  const attached = [...project.volumes.values()].filter(
    volume => volume.server === wanted,
  );
  return { id: server.id, location: server.location, volumes: attached.length };
}

/** Volumes. */
export const volumeOperations: Operation[] = [
  operation('POST /volumes', {
    status: 201,
    body: z.object({
      name: volumeName,
      size,
      labels: labels.nullish().transform(value => value ?? {}),
      format: z.enum(['xfs', 'ext4']).nullish(),
      location: idOrName.nullish(),
      server: id.nullish(),
    }),
    answer: z.object({
      volume: answer,
      action: actionAnswer,
      next_actions: z.array(actionAnswer),
    }),
    handle(call) {
      const { cloud, project, body, now } = call;
      if (Boolean(body.location) === Boolean(body.server)) {
        throw invalidField('location', 'either location or server is required');
      }
      const server = body.server
        ? receivingServer(call, body.server)
        : undefined;
      const location =
        server?.location ?? findLocation(body.location ?? '')?.name;
      if (!location) {
        throw invalidField('location', `location '${body.location}' not found`);
      }
      if (server) requireAttachable({ server: null, location }, server);
      requireUniqueName(project.volumes, body.name, NAME_TAKEN);
      requireQuota(call, 'volumes', project.volumes.size);
      const volume: Volume = {
        id: cloud.newId(),
        name: body.name,
        size: body.size,
        status: 'creating',
        server: null,
        location,
        format: body.format ?? null,
        labels: body.labels,
        protection: { delete: false },
        created: now,
      };
      project.volumes.set(volume.id, volume);
      const created = call.start(
        create,
        { volume: volume.id },
        holding(volume.id),
      );
      const next = server
        ? [
            call.start(
              attachVolume,
              { volume: volume.id, server: server.id },
              { ...holdingBoth(server.id, volume.id), after: [created] },
            ),
          ]
        : [];
      return {
        volume: view(volume),
        ...started(created, call),
        next_actions: startedAll(next, call),
      };
    },
  }),
  listOperation('GET /volumes', {
    key: 'volumes',
    items: ({ project }) => project.volumes.values(),
    view,
    answer,
    sort: ['id', 'name', 'created'],
    filters: { status: volume => volume.status },
  }),
  getOperation('GET /volumes/{id}', {
    key: 'volume',
    find: call => call.project.volumes.get(call.id),
    view,
    answer,
  }),
  operation('PUT /volumes/{id}', {
    status: 200,
    body: z.object({ name: volumeName.optional(), labels: labels.optional() }),
    answer: z.object({ volume: answer }),
    handle({ project, id: wanted, body }) {
      const volume = volumeOf(project, wanted);
      if (body.name !== undefined) {
        requireUniqueName(project.volumes, body.name, NAME_TAKEN, wanted);
        volume.name = body.name;
      }
      volume.labels = body.labels ?? volume.labels;
      return { volume: view(volume) };
    },
  }),
  operation('DELETE /volumes/{id}', {
    status: 204,
    handle({ project, id: wanted }) {
      const volume = volumeOf(project, wanted);
      requireDeletable('volume', volume);
      changeableVolume(project, wanted);
      if (volume.server !== null) throw errors.resourceInUse('volume', wanted);
      project.volumes.delete(wanted);
    },
  }),
  operation('POST /volumes/{id}/actions/attach', {
    status: 201,
    body: z.object({ server: id }),
    answer: startedAnswer,
    handle(call) {
      const volume = changeableVolume(call.project, call.id);
      const server = receivingServer(call, call.body.server);
      requireAttachable(volume, server);
      const action = call.start(
        attachVolume,
        { volume: volume.id, server: server.id },
        holdingBoth(server.id, volume.id),
      );
      return started(action, call);
    },
  }),
  operation('POST /volumes/{id}/actions/detach', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const volume = changeableVolume(call.project, call.id);
      if (volume.server === null) {
        throw errors.serviceError('volume is not attached to a server');
      }
      requireUnlocked(call.project, 'server', volume.server);
      const action = call.start(
        detachVolume,
        { volume: volume.id },
        holdingBoth(volume.server, volume.id),
      );
      return started(action, call);
    },
  }),
  operation('POST /volumes/{id}/actions/resize', {
    status: 201,
    body: z.object({ size }),
    answer: startedAnswer,
    handle(call) {
      const volume = changeableVolume(call.project, call.id);
      if (call.body.size <= volume.size) {
        throw invalidField('size', 'can only grow');
      }
      const action = call.start(
        resize,
        { volume: volume.id, size: call.body.size },
        holding(volume.id),
      );
      return started(action, call);
    },
  }),
  operation('POST /volumes/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const volume = changeableVolume(call.project, call.id);
      const action = call.start(
        changeProtection,
        {
          volume: volume.id,
          delete: call.body.delete ?? volume.protection.delete,
        },
        holding(volume.id),
      );
      return started(action, call);
    },
  }),
  ...resourceActionOperations(
    'volumes',
    'volume',
    ({ project }) => project.volumes,
  ),
];
