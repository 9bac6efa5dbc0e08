import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import type { Image } from '../../catalogue/images';
import { serverTypeNamed } from '../../catalogue/serverTypes';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { Call, Operation, operation } from '../../operation';
import { requireQuota } from '../../quota';
import { backupsOf, deleteBackups } from '../images/backups';
import { imageAnswer, imageView, imageWithId } from '../images/image';
import { changeableServer, holding, serverArgs, serverOf } from './lifecycle';
import type { Server } from './server';

/** Backups that a server keeps; the oldest goes. Source: Hetzner Cloud API, `enable_backup`. */
const BACKUP_SLOTS = 7;

/** Hours (UTC) in which backups are made. Source: Hetzner Cloud API, Servers. */
const BACKUP_WINDOW = '22-02';

/** How much of a server's disk a snapshot takes. */
const USED_SHARE = 0.04;

const createImage = defineEffect({
  name: 'create_image',
  command: 'create_image',
  latency: 'create_image',
  args: serverArgs.extend({ image: z.int() }),
  succeed({ image }, { project }) {
    const created = project.images.get(image);
    if (!created) throw errors.notFound('image', image);
    created.status = 'available';
    created.imageSize = Math.round(created.diskSize * USED_SHARE * 100) / 100;
    if (created.boundTo === null) return;
    const backups = backupsOf(project, created.boundTo);
    for (const old of backups.slice(0, -BACKUP_SLOTS)) {
      project.images.delete(old.id);
    }
  },
  fail: ({ image }, { project }) => void project.images.delete(image),
});

const setBackup = (name: 'enable_backup' | 'disable_backup') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs,
    succeed({ server }, { project }) {
      const isOn = name === 'enable_backup';
      serverOf(project, server).backupWindow = isOn ? BACKUP_WINDOW : null;
      if (!isOn) deleteBackups(project, server);
    },
  });

const enableBackup = setBackup('enable_backup');
const disableBackup = setBackup('disable_backup');

const createBody = z.object({
  type: z.enum(['snapshot', 'backup']).nullish(),
  description: z.string().nullish(),
  labels: labels.nullish(),
});

function newImage(
  { cloud, project, now, body }: Call<z.infer<typeof createBody>>,
  server: Server,
): Image {
  const id = cloud.newId();
  const type = body.type ?? 'snapshot';
  const base = imageWithId(project, server.image);
  return {
    id,
    type,
    status: 'creating',
    name: null,
    description: body.description || `${type} ${id}`,
    imageSize: null,
    diskSize: server.diskSize,
    created: now,
    createdFrom: { id: server.id, name: server.name },
    boundTo: type === 'backup' ? server.id : null,
    flavor: base?.flavor ?? 'unknown',
    version: base?.version ?? null,
    architecture: serverTypeNamed(server.serverType).architecture,
    protection: { delete: false },
    deprecation: null,
    labels: body.labels ?? {},
  };
}

const switchBackup = (
  route:
    | 'POST /servers/{id}/actions/enable_backup'
    | 'POST /servers/{id}/actions/disable_backup',
  effect: typeof enableBackup,
): Operation =>
  operation(route, {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const server = changeableServer(call.project, call.id);
      const args = { server: server.id };
      return started(call.start(effect, args, holding(server)), call);
    },
  });

/** Images of a server's disk. */
export const serverImageOperations: Operation[] = [
  operation('POST /servers/{id}/actions/create_image', {
    status: 201,
    body: createBody,
    answer: z.object({ image: imageAnswer, action: actionAnswer }),
    handle(call) {
      const { project, body } = call;
      const server = changeableServer(project, call.id);
      if (body.type === 'backup' && server.backupWindow === null) {
        throw errors.serviceError('backups are not enabled for the server');
      }
      if (body.type !== 'backup') {
        const snapshots = [...project.images.values()].filter(
          ({ type }) => type === 'snapshot',
        );
        requireQuota(call, 'snapshots', snapshots.length);
      }
      const image = newImage(call, server);
      project.images.set(image.id, image);
      const both = [
        { type: 'server', id: server.id },
        { type: 'image', id: image.id },
      ];
      const action = call.start(
        createImage,
        { server: server.id, image: image.id },
        { resources: both, locks: both },
      );
      return { image: imageView(image), ...started(action, call) };
    },
  }),
  switchBackup('POST /servers/{id}/actions/enable_backup', enableBackup),
  switchBackup('POST /servers/{id}/actions/disable_backup', disableBackup),
];
