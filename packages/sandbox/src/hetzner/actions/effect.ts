import type { z } from 'zod';
import type { Cloud } from '../cloud';
import type { ActionError } from '../errors';
import type { ActionLatency } from '../latency';
import type { Project } from '../project';
import type { StoredAction } from './action';

/** What an effect may read and change. */
export interface EffectContext {
  cloud: Cloud;
  project: Project;
  action: StoredAction;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * What an action does to its resources. Effects are found by name and their
 * arguments are data, so that an action that runs while the sandbox is killed
 * goes on after the restart. An ApiError that `begin` or `succeed` throws
 * ends the action with that error.
 */
export interface Effect<Args> {
  name: string;
  /** What the API calls the action. */
  command: string;
  latency: ActionLatency;
  args: z.ZodType<Args>;
  /** When the action leaves its queue. */
  begin?: (args: Args, context: EffectContext) => void;
  /** When the action ends well. */
  succeed: (args: Args, context: EffectContext) => void;
  /** When the action ends with an error. */
  fail?: (args: Args, context: EffectContext, error: ActionError) => void;
}

const registry = new Map<string, Effect<unknown>>();

/** Declares an effect; its name must be its own. */
export function defineEffect<Args>(effect: Effect<Args>): Effect<Args> {
  if (registry.has(effect.name)) {
    throw new Error(`Two effects are called ${effect.name}`);
  }
  registry.set(effect.name, effect as Effect<unknown>);
  return effect;
}

/** The effect that a kept action names. */
export function effectNamed(name: string): Effect<unknown> {
  const effect = registry.get(name);
  if (!effect) {
    throw new Error(
      `A kept action needs the effect ${name}, which this version does not have`,
    );
  }
  return effect;
}
