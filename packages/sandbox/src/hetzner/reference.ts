import { z } from 'zod';
import { errors } from './errors';

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** An id in a request; clients send it as number or as text. */
export const id = z.union([
  z.int().min(0).max(MAX_ID),
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be an ID')
    .transform(Number),
]);

/** An id or a name in a request, as text. */
export const idOrName = z
  .union([z.string().min(1), z.int().min(0).max(MAX_ID)])
  .transform(String);

/**
 * The member of a collection with this id.
 *
 * @throws ApiError 404
 */
export function found<Item>(
  collection: ReadonlyMap<number, Item>,
  type: string,
  wanted: number,
): Item {
  const item = collection.get(wanted);
  if (!item) throw errors.notFound(type, wanted);
  return item;
}

/** Refuses one field of a request. */
export const invalidField = (name: string, ...messages: string[]) =>
  errors.invalidInput([{ name, messages }]);
