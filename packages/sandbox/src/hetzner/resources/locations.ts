import { z } from 'zod';
import { locations } from '../catalogue/locations';
import { getOperation, listOperation } from '../list';
import { Operation } from '../operation';

/** A location as the API answers it. */
export const locationAnswer = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  country: z.string(),
  city: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  network_zone: z.string(),
});

const view = (location: z.infer<typeof locationAnswer>) => location;

/** Reading locations. */
export const locationOperations: Operation[] = [
  listOperation('GET /locations', {
    key: 'locations',
    items: () => locations,
    view,
    answer: locationAnswer,
    sort: ['id', 'name'],
  }),
  getOperation('GET /locations/{id}', {
    key: 'location',
    find: call => locations.find(({ id }) => id === call.id),
    view,
    answer: locationAnswer,
  }),
];
