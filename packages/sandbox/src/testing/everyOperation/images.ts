import type { SandboxUnderTest } from '../sandboxUnderTest';
import { readAll } from './readAll';

/** Uses every operation of images and backups, and makes a server from a snapshot. */
export async function walkImages(sandbox: SandboxUnderTest): Promise<void> {
  const { ok, done } = sandbox;
  await ok(
    'GET /images?include_deprecated=true&architecture=x86&status=available',
  );
  const create = async (name: string, image: string) => {
    const { server } = await done('POST /servers', {
      name,
      server_type: 'cx23',
      image,
      location: 'fsn1',
    });
    return server.id;
  };
  const server = await create('pictured', 'debian-13');
  const act = (action: string, body?: object) =>
    done(`POST /servers/${server}/actions/${action}`, body);

  const { image } = await act('create_image', {
    type: 'snapshot',
    description: 'before the change',
    labels: { role: 'web' },
  });
  await ok(`PUT /images/${image.id}`, {
    description: 'as it was',
    labels: { role: 'db' },
  });
  const { action } = await done(
    `POST /images/${image.id}/actions/change_protection`,
    { delete: false },
  );
  await readAll(sandbox, 'images', image.id, action.id);
  const copy = await create('copied', String(image.id));
  await ok(`GET /servers/${copy}`);

  await act('enable_backup');
  const { image: backup } = await act('create_image', { type: 'backup' });
  await ok(`GET /images?type=backup&bound_to=${server}`);
  await ok(`PUT /images/${backup.id}`, { type: 'snapshot' });
  await act('disable_backup');
  for (const id of [server, copy]) await done(`DELETE /servers/${id}`);
  for (const { id } of [image, backup]) await ok(`DELETE /images/${id}`);
}
