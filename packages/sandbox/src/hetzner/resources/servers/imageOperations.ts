import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { started, startedAnswer } from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { Operation, operation } from '../../operation';
import { requireQuota } from '../../quota';
import { deleteBackups } from '../images/backups';
import { imageAnswer, imageView } from '../images/image';
import { BACKUP_WINDOW, nextBackupAfter } from './dailyBackups';
import { changeableServer, holding, serverArgs, serverOf } from './lifecycle';
import { startImage } from './serverImage';

const setBackup = (name: 'enable_backup' | 'disable_backup') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: serverArgs,
    succeed({ server: id }, { cloud, project, now }) {
      const isOn = name === 'enable_backup';
      const server = serverOf(project, id);
      server.backupWindow = isOn ? BACKUP_WINDOW : null;
      server.nextBackup = isOn
        ? nextBackupAfter(id, now, cloud.settings.noiseSeed)
        : null;
      if (!isOn) deleteBackups(project, id);
    },
  });

const enableBackup = setBackup('enable_backup');
const disableBackup = setBackup('disable_backup');

const createBody = z.object({
  type: z.enum(['snapshot', 'backup']).nullish(),
  description: z.string().nullish(),
  labels: labels.nullish(),
});

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
      const { image, action } = startImage(call, call.start, server, {
        ...body,
        type: body.type ?? 'snapshot',
      });
      return { image: imageView(image), ...started(action, call) };
    },
  }),
  switchBackup('POST /servers/{id}/actions/enable_backup', enableBackup),
  switchBackup('POST /servers/{id}/actions/disable_backup', disableBackup),
];
