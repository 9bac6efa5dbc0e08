import { z } from 'zod';

const answer = z.strictObject({
  status: z.int().min(400).max(599),
  code: z.string().min(1),
  message: z.string(),
  /** True: the request takes effect and this is answered all the same. */
  after: z.boolean().default(false),
});

const actionFailure = z.strictObject({
  actionError: z.strictObject({ code: z.string().min(1), message: z.string() }),
});

/** A fault to inject into requests under /hetzner/v1. */
export const fault = z.strictObject({
  id: z.string().min(1),
  match: z
    .strictObject({
      method: z.string().toUpperCase().optional(),
      path: z.string().refine(isPattern, 'is no regular expression').optional(),
    })
    .default({}),
  /** How many requests it hits; null is every one. */
  times: z.int().min(0).nullable().default(1),
  effect: z.union([
    z.enum(['drop-before', 'drop-after']),
    actionFailure,
    answer,
  ]),
});

/** A fault to inject. */
export type Fault = z.infer<typeof fault>;

/** The list of faults, whose ids differ. */
export const faultList = z
  .array(fault)
  .refine(
    list => new Set(list.map(({ id }) => id)).size === list.length,
    'two faults have the same id',
  );

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

/**
 * The first fault that hits a request, and the faults that are left: one with
 * a number of times has one less.
 */
export function takeFault(
  faults: readonly Fault[],
  method: string,
  path: string,
): { hit: Fault | undefined; left: Fault[] } {
  const hit = faults.find(
    ({ match, times }) =>
      times !== 0 &&
      (match.method === undefined || match.method === method) &&
      (match.path === undefined || matchesPath(match.path, path)),
  );
  return {
    hit,
    left: faults.map(entry =>
      entry === hit && entry.times !== null
        ? { ...entry, times: entry.times - 1 }
        : entry,
    ),
  };
}
