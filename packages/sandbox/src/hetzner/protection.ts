import { z } from 'zod';
import { errors } from './errors';

/** Body of `change_protection` for everything but servers. */
export const deleteProtectionChange = z.object({
  delete: z.boolean().optional(),
});

/**
 * Refuses to delete what is protected.
 *
 * @throws ApiError 423 protected
 */
export function requireDeletable(
  type: string,
  resource: { protection: { delete: boolean } },
): void {
  if (resource.protection.delete) throw errors.protectedFrom(type, 'delete');
}
