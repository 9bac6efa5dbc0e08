import { z } from 'zod';
import type { NumberedCall } from '../callNumbers';

/** Which requests are meant; what is left out stands for every one. */
export const requestMatch = z.strictObject({
  /** Named by the token. */
  project: z.string().optional(),
  method: z.string().toUpperCase().optional(),
  /** Below /hetzner/v1: a glob, or a regular expression when it begins with `^`. */
  path: z.string().refine(isPattern, 'is no regular expression').optional(),
  /** `operationId` of the provider's description. */
  operation: z.string().optional(),
  /** As the record shows it. */
  key: z.string().optional(),
  /** True: only requests that may change something; false: only reads. */
  write: z.boolean().optional(),
});

/** Which requests are meant. */
export type RequestMatch = z.infer<typeof requestMatch>;

function isPattern(text: string): boolean {
  if (!text.startsWith('^')) return true;
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

/**
 * True when a path is meant: text that begins with `^` is a regular
 * expression, anything else a glob, where `*` stays within a segment and `**`
 * does not.
 */
export function matchesPath(pattern: string, path: string): boolean {
  if (pattern.startsWith('^')) return new RegExp(pattern).test(path);
  const expression = pattern
    .split(/(\*\*|\*)/)
    .map(part => {
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${expression}$`).test(path);
}

/** True when a request is meant. */
export function matchesRequest(
  match: RequestMatch,
  call: NumberedCall,
): boolean {
  const isSame = (wanted: string | undefined, given: string | null) =>
    wanted === undefined || wanted === given;
  return (
    isSame(match.project, call.project) &&
    isSame(match.method, call.method) &&
    isSame(match.operation, call.operation) &&
    isSame(match.key, call.key) &&
    (match.write === undefined || match.write === (call.write !== null)) &&
    (match.path === undefined || matchesPath(match.path, call.path))
  );
}
