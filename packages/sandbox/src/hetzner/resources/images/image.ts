import { z } from 'zod';
import { Image, images } from '../../catalogue/images';
import type { Project } from '../../project';
import { timestamp } from '../../requestFields';
import { deprecation } from '../serverTypes';

const byId = new Map(images.map(image => [image.id, image]));

/** An image of the provider or of a project; undefined when there is none of this id. */
export const imageWithId = (project: Project, id: number): Image | undefined =>
  byId.get(id) ?? project.images.get(id);

/** Everything that a project can make servers from, by id. */
export const allImages = (project: Project): ReadonlyMap<number, Image> =>
  new Map([...byId, ...project.images]);

/** The image of this id, or of this name for the architecture. */
export function findImage(
  project: Project,
  idOrName: string,
  architecture: Image['architecture'],
): Image | undefined {
  const byNumber = /^\d{1,15}$/.test(idOrName)
    ? imageWithId(project, Number(idOrName))
    : undefined;
  return (
    byNumber ??
    images.find(
      image => image.name === idOrName && image.architecture === architecture,
    )
  );
}

/** An image as the API answers it. */
export const imageAnswer = z.object({
  id: z.int(),
  type: z.enum(['system', 'app', 'snapshot', 'backup']),
  status: z.enum(['available', 'creating', 'unavailable']),
  name: z.string().nullable(),
  description: z.string(),
  image_size: z.number().nullable(),
  disk_size: z.number(),
  created: z.string(),
  created_from: z.object({ id: z.int(), name: z.string() }).nullable(),
  bound_to: z.int().nullable(),
  os_flavor: z.string(),
  os_version: z.string().nullable(),
  rapid_deploy: z.boolean(),
  protection: z.object({ delete: z.boolean() }),
  deprecation,
  deleted: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  architecture: z.enum(['x86', 'arm']),
});

/** An image as the API answers it. */
export const imageView = (image: Image): z.infer<typeof imageAnswer> => ({
  id: image.id,
  type: image.type,
  status: image.status,
  name: image.name,
  description: image.description,
  image_size: image.imageSize,
  disk_size: image.diskSize,
  created: timestamp(image.created),
  created_from: image.createdFrom,
  bound_to: image.boundTo,
  os_flavor: image.flavor,
  os_version: image.version,
  rapid_deploy: image.type === 'system',
  protection: image.protection,
  deprecation: image.deprecation && {
    announced: image.deprecation.announced,
    unavailable_after: image.deprecation.unavailableAfter,
  },
  deleted: null,
  labels: image.labels,
  architecture: image.architecture,
});
