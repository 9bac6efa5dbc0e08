import type { OperationStep } from './schema/openapi';

/** What the times of a step follow from. */
export type TimedStep = Pick<
  OperationStep,
  'id' | 'state' | 'needs' | 'expectedSeconds' | 'startedAt' | 'finishedAt'
>;

/** When a step begins and ends, in seconds since the origin that was given. */
export interface StepTimes {
  start: number;
  end: number;
}

/** Assumed of a step of which nobody ever said how long it takes. */
const UNKNOWN_SECONDS = 5;

const expected = (step: TimedStep) => step.expectedSeconds ?? UNKNOWN_SECONDS;

/**
 * When each step ran, or will run if all takes as long as usual: as soon as
 * what it needs is done, and not before now. A step that runs for longer than
 * usual ends now. A step without times (it was skipped before it began) has no
 * entry. Pure.
 *
 * @param origin - instant that the seconds count from, milliseconds since 1970
 * @param now - milliseconds since 1970; undefined once the operation has ended,
 *   when nothing that waits will ever run
 */
export function scheduleSteps(
  steps: readonly TimedStep[],
  origin: number,
  now: number | undefined,
): Map<string, StepTimes> {
  const byId = new Map(steps.map(step => [step.id, step]));
  const times = new Map<string, StepTimes>();
  const since = (instant: string) => (Date.parse(instant) - origin) / 1000;
  const nowSeconds = now === undefined ? undefined : (now - origin) / 1000;

  const past = (step: TimedStep): StepTimes | undefined => {
    if (!step.startedAt) return undefined;
    const start = since(step.startedAt);
    if (step.finishedAt) {
      return { start, end: Math.max(start, since(step.finishedAt)) };
    }
    const end =
      step.state === 'running' && nowSeconds !== undefined
        ? Math.max(nowSeconds, start + expected(step))
        : start;
    return { start, end };
  };

  const visit = (step: TimedStep, above: ReadonlySet<string>): number => {
    const known = times.get(step.id);
    if (known) return known.end;
    if (step.state !== 'waiting') {
      const found = past(step);
      if (found) times.set(step.id, found);
      return found?.end ?? 0;
    }
    if (nowSeconds === undefined) return 0;
    const inner = new Set(above).add(step.id);
    const ready = (step.needs ?? []).flatMap(id => {
      const need = byId.get(id);
      // Steps that need each other never run; nobody waits for them here.
      return need && !inner.has(id) ? [visit(need, inner)] : [];
    });
    const start = Math.max(nowSeconds, ...ready);
    const end = start + expected(step);
    times.set(step.id, { start, end });
    return end;
  };
  steps.forEach(step => visit(step, new Set()));
  return times;
}

/**
 * How long the steps of a plan usually take together: the longest way through
 * what needs what. Steps that are skipped take no time. Pure.
 */
export function usualSeconds(steps: readonly TimedStep[]): number {
  const planned = steps.map(step => ({
    ...step,
    state:
      step.state === 'skipped' ? ('skipped' as const) : ('waiting' as const),
    startedAt: undefined,
    finishedAt: undefined,
  }));
  const times = [...scheduleSteps(planned, 0, 0).values()];
  return Math.max(0, ...times.map(({ end }) => end));
}
