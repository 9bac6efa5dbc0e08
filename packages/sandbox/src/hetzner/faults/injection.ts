import type { ActionError } from '../errors';
import type { NumberedCall } from '../callNumbers';
import { aspectOf, FaultEffect } from './effect';
import { effectOf } from './kinds';
import { FaultPlan, plannedFault } from './plan';
import { effectOfFault, Fault, takeFaults } from './rule';

/** A fault as the record shows it. */
export interface InjectedFault {
  /** Of the rule or the plan. */
  id: string;
  effect: Fault['effect'];
  aspect: ReturnType<typeof aspectOf>;
}

/** What goes wrong with the first action that a request starts. */
export type ActionFault =
  | { error: ActionError }
  | { hangSeconds: number | null };

/** Everything that goes wrong with one request. */
export interface Injection {
  drop: 'before' | 'after' | null;
  error: Extract<FaultEffect, { status: number }> | null;
  /** On the sandbox's clock. */
  slowSeconds: number;
  action: ActionFault | null;
  /** Of the cloud. */
  staleSeconds: number;
  faults: InjectedFault[];
}

/** Nothing goes wrong. */
export const noInjection: Injection = {
  drop: null,
  error: null,
  slowSeconds: 0,
  action: null,
  staleSeconds: 0,
  faults: [],
};

function add(injection: Injection, effect: FaultEffect): Injection {
  if (effect === 'drop-before') return { ...injection, drop: 'before' };
  if (effect === 'drop-after') return { ...injection, drop: 'after' };
  if ('status' in effect) return { ...injection, error: effect };
  if ('slow' in effect) {
    return { ...injection, slowSeconds: effect.slow.seconds };
  }
  if ('actionError' in effect) {
    return { ...injection, action: { error: effect.actionError } };
  }
  if ('actionHang' in effect) {
    return {
      ...injection,
      action: { hangSeconds: effect.actionHang.seconds },
    };
  }
  return { ...injection, staleSeconds: effect.staleList.seconds };
}

/**
 * What goes wrong with a request: what the rules say, and, for an aspect of
 * which they say nothing, the first plan that has something. `left` are the
 * rules as they are afterwards.
 */
export function injectionFor(
  rules: readonly Fault[],
  plans: readonly FaultPlan[],
  call: NumberedCall,
): { injection: Injection; left: Fault[] } {
  const { hits, left } = takeFaults(rules, call);
  const effects = hits.map(hit => ({
    id: hit.id,
    effect: hit.effect,
    does: effectOfFault(hit),
  }));
  for (const plan of plans) {
    const kind = plannedFault(plan, call);
    if (!kind) continue;
    const does = effectOf(kind);
    if (effects.some(other => aspectOf(other.does) === aspectOf(does))) {
      continue;
    }
    effects.push({ id: plan.id, effect: kind, does });
  }
  return {
    injection: effects.reduce((sum, { does }) => add(sum, does), {
      ...noInjection,
      faults: effects.map(({ id, effect, does }) => ({
        id,
        effect,
        aspect: aspectOf(does),
      })),
    }),
    left,
  };
}
