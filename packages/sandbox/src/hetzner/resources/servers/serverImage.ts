import type { z } from 'zod';
import { defineEffect } from '../../actions/effect';
import { Image, storedImage } from '../../catalogue/images';
import { serverTypeNamed } from '../../catalogue/serverTypes';
import type { Cloud } from '../../cloud';
import { errors } from '../../errors';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { backupsOf } from '../images/backups';
import { imageWithId } from '../images/image';
import { serverArgs } from './lifecycle';
import type { Server } from './server';

/** Backups that a server keeps; the oldest goes. Source: Hetzner Cloud API, `enable_backup`. */
const BACKUP_SLOTS = 7;

/** How much of a server's disk an image takes. */
const USED_SHARE = 0.04;

const createImage = defineEffect({
  name: 'create_image',
  command: 'create_image',
  latency: 'create_image',
  args: serverArgs.extend({ image: storedImage.shape.id }),
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

/** What an image of a server's disk is to be. */
export interface ImageWish {
  type: 'snapshot' | 'backup';
  description?: string | null;
  labels?: z.infer<typeof storedImage>['labels'] | null;
}

/** Adds the image of a server's disk and starts to fill it. */
export function startImage(
  { cloud, project, now }: { cloud: Cloud; project: Project; now: number },
  start: CallContext['start'],
  server: Server,
  { type, description, labels }: ImageWish,
) {
  const id = cloud.newId();
  const base = imageWithId(project, server.image);
  const image: Image = {
    id,
    type,
    status: 'creating',
    name: null,
    description: description || `${type} ${id}`,
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
    labels: labels ?? {},
  };
  project.images.set(id, image);
  const both = [
    { type: 'server', id: server.id },
    { type: 'image', id },
  ];
  const action = start(
    createImage,
    { server: server.id, image: id },
    { resources: both, locks: both },
  );
  return { image, action };
}
