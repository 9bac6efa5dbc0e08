import { z } from 'zod';
import { noise } from '../../noise';
import type { NumberedCall } from '../callNumbers';
import { appliesTo, FaultKind, faultKinds } from './kinds';
import { matchesRequest, requestMatch } from './requestMatch';

/** Random faults that are the same for the same seed. */
export const faultPlan = z.strictObject({
  id: z.string().min(1),
  seed: z.int(),
  /** The share of requests that are hit. */
  rate: z.number().min(0).max(1),
  kinds: z.array(z.enum(faultKinds)).min(1).default(faultKinds),
  match: requestMatch.default({}),
});

/** Random faults that are the same for the same seed. */
export type FaultPlan = z.infer<typeof faultPlan>;

/** The list of plans, whose ids differ. */
export const faultPlanList = z
  .array(faultPlan)
  .refine(
    list => new Set(list.map(({ id }) => id)).size === list.length,
    'two plans have the same id',
  );

/**
 * The fault that a plan has for a request. It depends on nothing but the seed,
 * the request's key and its number among those with that key, so that requests
 * that overtake each other meet the same faults.
 */
export function plannedFault(
  { seed, rate, kinds, match }: FaultPlan,
  call: NumberedCall,
): FaultKind | undefined {
  if (!matchesRequest(match, call)) return undefined;
  const possible = kinds.filter(kind => appliesTo(kind, call));
  if (possible.length === 0) return undefined;
  if (noise(seed, 'hit', call.key, call.nth) >= rate) return undefined;
  const draw = noise(seed, 'kind', call.key, call.nth);
  return possible[Math.floor(draw * possible.length)];
}
