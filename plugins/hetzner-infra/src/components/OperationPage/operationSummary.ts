import {
  scheduleSteps,
  usualSeconds,
  type Operation,
  type OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isTerminalState } from '../../api/operationStates';

/** How far an operation is. */
export interface OperationProgress {
  done: number;
  /** Steps that are not skipped. */
  total: number;
  /** 0 to 100: the share of the time that has passed. */
  percent: number;
  elapsedSeconds: number;
  /** How long it takes in all, as it looks now, and usually once it has ended; absent while nobody knows. */
  expectedSeconds?: number;
  /**
   * What its time is told by: how long it takes in all, that it takes longer than it looked like,
   * or that only the last look at what exists remains.
   */
  phase: 'expected' | 'overdue' | 'last-look';
  /** Steps that run for much longer than usual. */
  late: OperationStep[];
}

/** When an operation began: what its times count from. Milliseconds since 1970. */
export function originOf({
  startedAt,
  createdAt,
}: Pick<Operation, 'startedAt' | 'createdAt'>): number {
  return Date.parse(startedAt ?? createdAt);
}

/** Under way, it is never shown as done. */
const MOST_PERCENT = 98;

/** Reads how far an operation is from its steps, their times and what they usually take. `now` is in milliseconds since 1970. */
export function progressOf(
  operation: Pick<
    Operation,
    'state' | 'steps' | 'createdAt' | 'startedAt' | 'finishedAt'
  >,
  now: number,
): OperationProgress {
  const { state, finishedAt } = operation;
  const steps = operation.steps.filter(step => step.state !== 'skipped');
  const done = steps.filter(step => step.state === 'succeeded').length;
  const counts = { done, total: steps.length };
  const origin = originOf(operation);
  if (isTerminalState(state)) {
    const end = finishedAt ? Date.parse(finishedAt) : now;
    return {
      ...counts,
      percent:
        state === 'succeeded' ? 100 : (done / Math.max(1, steps.length)) * 100,
      elapsedSeconds: Math.max(0, (end - origin) / 1000),
      expectedSeconds: steps.length > 0 ? usualSeconds(steps) : undefined,
      phase: 'expected',
      late: [],
    };
  }
  const elapsedSeconds = Math.max(0, (now - origin) / 1000);
  if (steps.length === 0 || !operation.startedAt) {
    return {
      ...counts,
      percent: 0,
      elapsedSeconds,
      phase: 'expected',
      late: [],
    };
  }
  const ends = [...scheduleSteps(steps, origin, now).values()];
  const lastEnd = Math.max(0, ...ends.map(({ end }) => end));
  const expectedSeconds = Math.max(elapsedSeconds, lastEnd);
  return {
    ...counts,
    percent: Math.min(
      MOST_PERCENT,
      (elapsedSeconds / Math.max(1, expectedSeconds)) * 100,
    ),
    elapsedSeconds,
    expectedSeconds,
    phase: phaseOf(),
    late: steps.filter(step => isLate(step, now)),
  };

  function phaseOf(): OperationProgress['phase'] {
    const isAtWork = steps.some(
      step => step.state === 'waiting' || step.state === 'running',
    );
    if (done === steps.length) return 'last-look';
    return isAtWork && lastEnd <= elapsedSeconds ? 'overdue' : 'expected';
  }
}

/** From here on a step is late: half as long again as usual, and more than a moment. */
const LATE_SHARE = 1.5;
const LATE_SECONDS = 10;

function isLate(step: OperationStep, now: number): boolean {
  const { state, startedAt, expectedSeconds } = step;
  if (state !== 'running' || !startedAt || expectedSeconds === undefined) {
    return false;
  }
  const seconds = (now - Date.parse(startedAt)) / 1000;
  return seconds > expectedSeconds * LATE_SHARE + LATE_SECONDS;
}

/** Up to how many seconds a span is told by which grain. */
const ROUGH_GRAINS = [
  [20, 1],
  [60, 5],
  [Infinity, 10],
] as const;

/** A span that is only known about: nobody should read single seconds of it, nor find it shorter than what has passed of it. */
export function roughSeconds(seconds: number): number {
  const [, grain] = ROUGH_GRAINS.find(([below]) => seconds < below)!;
  return Math.ceil(seconds / grain) * grain;
}

/** Steps that failed in an operation that is still under way and has not said itself why. */
export function failingSteps({
  state,
  error,
  steps,
}: Pick<Operation, 'state' | 'error' | 'steps'>): OperationStep[] {
  return isTerminalState(state) || error
    ? []
    : steps.filter(step => step.state === 'failed');
}
