import { z } from 'zod';
import { errors } from './errors';

/** A name that may hold any text. Source: Hetzner Cloud API, `POST /networks`. */
export const freeName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^\S(.*\S)?$/, 'must not begin or end with white space');

/** A server's name must be a host name as of RFC 1123. */
export const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$/,
    'must be a valid hostname as per RFC 1123',
  );

/** A volume's name. */
export const volumeName = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/,
    'contains invalid characters',
  );

/**
 * Refuses a name that another resource of the same kind has.
 *
 * @param self - id of the resource that is to be renamed
 * @throws ApiError 409 uniqueness_error
 */
export function requireUniqueName(
  collection: ReadonlyMap<number, { id: number; name: string }>,
  name: string,
  message: string,
  self?: number,
): void {
  for (const other of collection.values()) {
    if (other.name === name && other.id !== self) {
      throw errors.uniqueness(message);
    }
  }
}
