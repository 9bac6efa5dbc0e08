import { z } from 'zod';
import { deprecationOf } from '../../settings';
import { locationNamed } from '../catalogue/locations';
import { priceRows } from '../catalogue/prices';
import { RETIREMENT, ServerType, serverTypes } from '../catalogue/serverTypes';
import type { Cloud } from '../cloud';
import { getOperation, listOperation } from '../list';
import { Operation } from '../operation';

const amount = z.object({ net: z.string(), gross: z.string() });

/** A price row of a server or load balancer type. */
export const priceRow = z.object({
  location: z.string(),
  price_hourly: amount,
  price_monthly: amount,
  included_traffic: z.int(),
  price_per_tb_traffic: amount,
});

/** When something stops to be sold; null while nobody said so. */
export const deprecation = z
  .object({ announced: z.string(), unavailable_after: z.string() })
  .nullable();

/** A server type as the API answers it. */
export const serverTypeAnswer = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  cores: z.int(),
  memory: z.number(),
  disk: z.int(),
  prices: z.array(priceRow),
  storage_type: z.enum(['local', 'network']),
  cpu_type: z.enum(['shared', 'dedicated']),
  category: z.string(),
  architecture: z.enum(['x86', 'arm']),
  deprecation,
  locations: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      deprecation,
      recommended: z.boolean(),
      available: z.boolean(),
    }),
  ),
});

const deprecationView = (
  { settings }: Cloud,
  { name, locations, retiredIn }: ServerType,
  location: string,
): z.infer<typeof deprecation> => {
  const isRetired =
    retiredIn.includes(location) ||
    (location === '*' && locations.length === 0);
  const ends = isRetired ? RETIREMENT : deprecationOf(settings, name, location);
  return ends
    ? { announced: ends.announced, unavailable_after: ends.unavailableAfter }
    : null;
};

/** A server type as the API answers it; availability is a setting. */
export const serverTypeView = (
  type: ServerType,
  cloud: Cloud,
): z.infer<typeof serverTypeAnswer> => ({
  id: type.id,
  name: type.name,
  description: type.name.toUpperCase(),
  cores: type.cores,
  memory: type.memory,
  disk: type.disk,
  prices: priceRows(type),
  storage_type: 'local',
  cpu_type: type.cpu,
  category: type.category,
  architecture: type.architecture,
  deprecation: deprecationView(cloud, type, '*'),
  locations: [...type.locations, ...type.retiredIn].map(name => {
    const available =
      type.locations.includes(name) &&
      cloud.availability(type.name, name) === 'available';
    return {
      id: locationNamed(name).id,
      name,
      deprecation: deprecationView(cloud, type, name),
      recommended: available,
      available,
    };
  }),
});

/** Reading server types. */
export const serverTypeOperations: Operation[] = [
  listOperation('GET /server_types', {
    key: 'server_types',
    items: () => serverTypes,
    view: (type, { cloud }) => serverTypeView(type, cloud),
    answer: serverTypeAnswer,
  }),
  getOperation('GET /server_types/{id}', {
    key: 'server_type',
    find: call => serverTypes.find(({ id }) => id === call.id),
    view: (type, { cloud }) => serverTypeView(type, cloud),
    answer: serverTypeAnswer,
  }),
];
