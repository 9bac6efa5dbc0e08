import { z } from 'zod';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { requireUnlocked } from '../../actions/runner';
import type { Image } from '../../catalogue/images';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { Call, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { deleteProtectionChange } from '../../protection';
import { allImages, imageAnswer, imageView, imageWithId } from './image';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform(value => [value].flat());

const STATUSES = ['available', 'creating', 'unavailable'];

/** Deprecated images are shown to those who ask for them. */
function isWanted(image: Image, { query }: Call): boolean {
  const { include_deprecated: all, status } = query as Record<string, unknown>;
  // hcloud-python sends the page size as a status; it is none, so it says nothing.
  const asked = oneOrMore.catch([]).parse(status);
  const statuses = asked.filter(value => STATUSES.includes(value));
  return (
    (image.deprecation === null || /^true$/i.test(String(all))) &&
    (statuses.length === 0 || statuses.includes(image.status))
  );
}

/**
 * The snapshot or backup of a request that wants to change it.
 *
 * @throws ApiError 404, 403 for an image of the provider, 423 while an action holds it
 */
function ownImage(project: Project, id: number): Image {
  const image = project.images.get(id);
  if (!image) {
    throw imageWithId(project, id)
      ? errors.forbidden('only snapshots and backups can be changed')
      : errors.notFound('image', id);
  }
  requireUnlocked(project, 'image', id);
  return image;
}

const changeProtection = defineEffect({
  name: 'change_image_protection',
  command: 'change_protection',
  latency: 'change_protection',
  args: z.object({ image: z.int(), delete: z.boolean() }),
  succeed({ image, delete: on }, { project }) {
    const target = project.images.get(image);
    if (!target) throw errors.notFound('image', image);
    target.protection = { delete: on };
  },
});

/** Images of the provider, snapshots and backups. */
export const imageOperations: Operation[] = [
  listOperation('GET /images', {
    key: 'images',
    items: call =>
      [...allImages(call.project).values()].filter(image =>
        isWanted(image, call),
      ),
    view: imageView,
    answer: imageAnswer,
    sort: ['id', 'name', 'created'],
    filters: {
      type: image => image.type,
      bound_to: image => image.boundTo,
      architecture: image => image.architecture,
    },
  }),
  getOperation('GET /images/{id}', {
    key: 'image',
    find: ({ project, id }) => imageWithId(project, id),
    view: imageView,
    answer: imageAnswer,
  }),
  operation('PUT /images/{id}', {
    status: 200,
    body: z.object({
      description: z.string().nullish(),
      type: z.literal('snapshot').nullish(),
      labels: labels.nullish(),
    }),
    answer: z.object({ image: imageAnswer }),
    handle({ project, id, body }) {
      const image = ownImage(project, id);
      image.description = body.description ?? image.description;
      image.labels = body.labels ?? image.labels;
      if (body.type) Object.assign(image, { type: body.type, boundTo: null });
      return { image: imageView(image) };
    },
  }),
  operation('DELETE /images/{id}', {
    status: 204,
    handle({ project, id }) {
      const image = ownImage(project, id);
      if (image.protection.delete) throw errors.snapshotProtected();
      project.images.delete(id);
    },
  }),
  operation('POST /images/{id}/actions/change_protection', {
    status: 201,
    body: deleteProtectionChange,
    answer: startedAnswer,
    handle(call) {
      const image = ownImage(call.project, call.id);
      if (image.type !== 'snapshot') {
        throw errors.unsupported('only snapshots can be protected');
      }
      const reference = { type: 'image', id: image.id };
      const action = call.start(
        changeProtection,
        {
          image: image.id,
          delete: call.body.delete ?? image.protection.delete,
        },
        { resources: [reference], locks: [reference] },
      );
      return started(action, call);
    },
  }),
  ...resourceActionOperations('images', 'image', ({ project }) =>
    allImages(project),
  ),
];
