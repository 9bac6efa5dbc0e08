import {
  stepName,
  type Operation,
  type PlannedStep,
  type Step,
} from './operation';

/** A step with its place: rows keep the place they got when they were planned first. */
export type PlacedStep = Step & { position: number };

/** What has to be written so that the rows say what the plan says. */
export type StepChanges = {
  added: Array<PlannedStep & { position: number }>;
  changed: PlacedStep[];
};

const isOpen = (step: Step) =>
  step.state === 'waiting' || step.state === 'running';

/**
 * Merges a plan into the steps that there are, by `key` and `change`; two changes
 * that share both (two elder generations of one server that go) are one step.
 *
 * What is planned no more and had not ended is over. If it ran for the present
 * aim it succeeded, because its effect was observed; else it was skipped.
 */
export function mergeSteps(
  operation: Pick<Operation, 'goal' | 'revision' | 'aim'>,
  existing: readonly PlacedStep[],
  planned: readonly PlannedStep[],
  now: Date,
): StepChanges {
  const byName = new Map(existing.map(step => [stepName(step), step]));
  const wanted = new Map(planned.map(step => [stepName(step), step]));
  const changes: StepChanges = { added: [], changed: [] };

  for (const step of existing) {
    if (isOpen(step) && !wanted.has(stepName(step))) {
      const done = step.state === 'running' && serves(step, operation);
      changes.changed.push({
        ...step,
        state: done ? 'succeeded' : 'skipped',
        progress: done ? 100 : step.progress,
        finishedAt: now,
      });
    }
  }

  let end = Math.max(-1, ...existing.map(step => step.position));
  for (const [name, step] of wanted) {
    const row = byName.get(name);
    if (!row) {
      end += 1;
      changes.added.push({ ...step, position: end });
    } else if (!isOpen(row)) {
      changes.changed.push({
        ...row,
        title: step.title,
        subject: step.subject,
        state: 'waiting',
        progress: undefined,
        error: undefined,
        finishedAt: undefined,
      });
    } else if (row.title !== step.title) {
      changes.changed.push({
        ...row,
        title: step.title,
        subject: step.subject,
      });
    }
  }
  return changes;
}

/** Whether a step can be one of the present aim's. */
function serves(
  step: Step,
  { goal, revision, aim }: Pick<Operation, 'goal' | 'revision' | 'aim'>,
): boolean {
  if (aim.kind === 'remove') {
    return step.change === 'remove';
  }
  return aim.kind === 'apply' && goal === 'apply' && aim.revision === revision;
}
