import type { Step } from './operation';

/** Whether a step did something, or is doing it. */
function hasBegun({ state, change }: Step): boolean {
  return change !== 'keep' && (state === 'succeeded' || state === 'running');
}

/**
 * What a removal of everything would have to remove: of each resource the last
 * step that made or changed it, unless a later one removed it. From rows, so
 * that it is known at once and without the provider.
 *
 * @param steps - of all operations of an environment, the oldest operation first
 */
export function stepsThatStand(steps: readonly Step[]): Step[] {
  const standing = new Map<string, Step>();
  for (const step of steps.filter(hasBegun)) {
    // A removal of an elder generation has a key of its own and leaves its successor.
    const name = `${step.kind} ${step.key}`;
    standing.delete(name);
    if (step.change !== 'remove') standing.set(name, step);
  }
  return [...standing.values()];
}

/** What one operation did or does, and has to be turned back. */
export function stepsBegun(steps: readonly Step[]): Step[] {
  return steps.filter(hasBegun);
}
