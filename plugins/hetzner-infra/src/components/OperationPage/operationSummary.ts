import type {
  Operation,
  OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What an operation does to its environment, for a title. */
export type OperationPurpose = 'create' | 'change' | 'reconcile' | 'remove';

/**
 * Reads the purpose from goal, revision and steps: a first revision whose network is made is a
 * creation; a first revision that is applied to what stands puts something right.
 */
export function purposeOf(
  operation: Pick<Operation, 'goal' | 'revision' | 'steps'>,
): OperationPurpose {
  if (operation.goal === 'remove') return 'remove';
  if (operation.revision > 1) return 'change';
  const makesNetwork = operation.steps.some(
    ({ kind, change }) => kind === 'network' && change === 'create',
  );
  return makesNetwork || operation.steps.length === 0 ? 'create' : 'reconcile';
}

/** How far an operation is. */
export interface OperationProgress {
  done: number;
  total: number;
  /** 0 to 100; steps count alike, a running one by its own progress. */
  percent: number;
}

/** Counts the steps of an operation. */
export function progressOf(
  operation: Pick<Operation, 'state' | 'steps'>,
): OperationProgress {
  const total = operation.steps.length;
  const done = operation.steps.filter(isDone).length;
  if (operation.state === 'succeeded') return { done, total, percent: 100 };
  const parts = operation.steps.map(stepShare);
  const sum = parts.reduce((whole, part) => whole + part, 0);
  return { done, total, percent: total ? (sum / total) * 100 : 0 };
}

function isDone({ state }: OperationStep) {
  return state === 'succeeded' || state === 'skipped';
}

function stepShare(step: OperationStep) {
  if (isDone(step)) return 1;
  return step.state === 'running' ? (step.progress ?? 0) / 100 : 0;
}

/** Steps that did something, or are doing it: what a cancel has to undo. */
export function begunSteps(operation: Pick<Operation, 'steps'>) {
  return operation.steps.filter(
    ({ state, change }) =>
      change !== 'keep' && (state === 'succeeded' || state === 'running'),
  );
}
