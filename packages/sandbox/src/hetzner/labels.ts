import { z } from 'zod';

const NAME = /^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const PREFIX = /^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,251}[a-zA-Z0-9])?$/;

/** Labels of a resource: key to value. */
export type Labels = Record<string, string>;

/**
 * True for a key that a label may have: an optional prefix of at most 253
 * characters and `/`, then a name of at most 63. Source: Hetzner Cloud API,
 * Labels; hcloud-go v2.53 `labels.go`.
 */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash === -1) return NAME.test(key);
  return PREFIX.test(key.slice(0, slash)) && NAME.test(key.slice(slash + 1));
}

/** True for a value that a label may have: empty, or shaped as a key's name. */
export function isLabelValue(value: string): boolean {
  return value === '' || NAME.test(value);
}

/** Labels as a request brings them. `hetzner.cloud/` is reserved for the provider. */
export const labels = z
  .record(z.string(), z.string())
  .superRefine((all, context) => {
    for (const [key, value] of Object.entries(all)) {
      if (!isLabelKey(key)) {
        context.addIssue({
          code: 'custom',
          message: `label key '${key}' is invalid`,
        });
      } else if (key.startsWith('hetzner.cloud/')) {
        context.addIssue({
          code: 'custom',
          message: `label key '${key}' uses the reserved prefix hetzner.cloud/`,
        });
      }
      if (!isLabelValue(value)) {
        context.addIssue({
          code: 'custom',
          message: `label value '${value}' is invalid`,
        });
      }
    }
  });
