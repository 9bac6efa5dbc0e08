import { z } from 'zod';
import type { NumberedCall } from '../callNumbers';
import { aspectOf, FaultEffect, faultEffect } from './effect';
import { effectOf, FaultKind, faultKinds } from './kinds';
import { matchesRequest, requestMatch } from './requestMatch';

/** A fault to inject into requests under /hetzner/v1. */
export const fault = z.strictObject({
  id: z.string().min(1),
  match: requestMatch.default({}),
  /** The first request that it hits, counted from now among those that match. */
  nth: z.int().min(1).default(1),
  /** How many requests it hits; null is every one. */
  times: z.int().min(0).nullable().default(1),
  effect: z.union([z.enum(faultKinds), faultEffect]),
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

const isKind = (effect: Fault['effect']): effect is FaultKind =>
  typeof effect === 'string';

/** What a fault does. */
export const effectOfFault = ({ effect }: Fault): FaultEffect =>
  isKind(effect) ? effectOf(effect) : effect;

/**
 * The faults that hit a request, at most one of each aspect, and the faults as
 * they are afterwards: what hit has one time less, what waits for a later
 * request one request less.
 */
export function takeFaults(
  faults: readonly Fault[],
  call: NumberedCall,
): { hits: Fault[]; left: Fault[] } {
  const hits: Fault[] = [];
  const left = faults.map(entry => {
    if (entry.times === 0 || !matchesRequest(entry.match, call)) return entry;
    if (entry.nth > 1) return { ...entry, nth: entry.nth - 1 };
    const aspect = aspectOf(effectOfFault(entry));
    if (hits.some(hit => aspectOf(effectOfFault(hit)) === aspect)) return entry;
    hits.push(entry);
    return entry.times === null ? entry : { ...entry, times: entry.times - 1 };
  });
  return { hits, left };
}
