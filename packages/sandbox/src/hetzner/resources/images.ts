import { z } from 'zod';
import { Image, images } from '../catalogue/images';
import { getOperation, listOperation } from '../list';
import { Operation } from '../operation';

const deprecation = z
  .object({ announced: z.string(), unavailable_after: z.string() })
  .nullable();

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
  type: 'system',
  status: 'available',
  name: image.name,
  description: image.description,
  image_size: null,
  disk_size: image.diskSize,
  created: image.created,
  created_from: null,
  bound_to: null,
  os_flavor: image.flavor,
  os_version: image.version,
  rapid_deploy: true,
  protection: { delete: false },
  deprecation: null,
  deleted: null,
  labels: {},
  architecture: image.architecture,
});

/** Reading images; snapshots are not made here, so all are system images. */
export const imageOperations: Operation[] = [
  listOperation('GET /images', {
    key: 'images',
    items: () => images,
    view: imageView,
    answer: imageAnswer,
    sort: ['id', 'name', 'created'],
    // No filter by status: hcloud-python sends the page size there, and every
    // image that exists is available.
    filters: {
      type: () => 'system',
      bound_to: () => null,
      architecture: image => image.architecture,
    },
  }),
  getOperation('GET /images/{id}', {
    key: 'image',
    find: call => images.find(({ id }) => id === call.id),
    view: imageView,
    answer: imageAnswer,
  }),
];
