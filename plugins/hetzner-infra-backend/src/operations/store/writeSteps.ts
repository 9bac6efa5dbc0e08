import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { mergeSteps, type PlacedStep } from '../mergeSteps';
import type { Hold, PlannedStep, Step } from '../operation';
import { appendEvents } from './appendEvents';
import { fromStep, toOperation, toStep, type StepRow } from './rows';
import { lockHeld, requireAim } from './underLease';

/** Merges a plan into the steps, see OperationStore.planned. */
export async function writePlan(
  tx: Knex.Transaction,
  hold: Hold,
  planned: readonly PlannedStep[],
  now: Date,
): Promise<Step[]> {
  const operation = await lockHeld(tx, hold);
  requireAim(hold, operation);
  const existing = await readSteps(tx, hold.operationId);
  const { added, changed } = mergeSteps(
    toOperation(operation),
    existing,
    planned,
    now,
  );
  const inserted: PlacedStep[] = added.map(step => ({
    ...step,
    id: randomUUID(),
    state: 'waiting',
    attempts: 0,
  }));
  if (inserted.length > 0) {
    await tx<StepRow>('operation_steps').insert(
      inserted.map(step => ({
        ...fromStep(step),
        operation_id: hold.operationId,
      })),
    );
  }
  for (const step of changed) {
    await tx<StepRow>('operation_steps')
      .where('id', step.id)
      .update(fromStep(step));
  }
  await appendEvents(
    tx,
    hold.operationId,
    [...changed, ...inserted].map(step => ({ step: unplaced(step) })),
    now,
  );
  const changedById = new Map(changed.map(step => [step.id, step]));
  return [
    ...existing.map(step => changedById.get(step.id) ?? step),
    ...inserted,
  ].map(unplaced);
}

/**
 * Changes steps and adds their events. `change` gets a step and returns what it
 * becomes, or undefined to leave it.
 *
 * @throws NotFoundError for a step that is not the operation's
 */
export async function changeSteps(
  tx: Knex.Transaction,
  hold: Hold,
  stepIds: readonly string[],
  now: Date,
  change: (step: PlacedStep) => Partial<PlacedStep> | undefined,
): Promise<void> {
  const rows = await tx<StepRow>('operation_steps')
    .where('operation_id', hold.operationId)
    .whereIn('id', stepIds as string[]);
  const missing = stepIds.find(id => !rows.some(row => row.id === id));
  if (missing !== undefined) {
    throw new NotFoundError(
      `Operation ${hold.operationId} has no step ${missing}`,
    );
  }
  const events: Array<{ step: Step }> = [];
  for (const row of rows) {
    const step = toStep(row);
    const difference = change(step);
    if (difference) {
      const next = { ...step, ...difference };
      await tx<StepRow>('operation_steps')
        .where('id', step.id)
        .update(fromStep(next));
      events.push({ step: unplaced(next) });
    }
  }
  await appendEvents(tx, hold.operationId, events, now);
}

/** The steps of one operation, in order. */
export async function readSteps(
  tx: Knex,
  operationId: string,
): Promise<PlacedStep[]> {
  const rows = await tx<StepRow>('operation_steps')
    .where('operation_id', operationId)
    .orderBy('position');
  return rows.map(toStep);
}

/** A step as others see it: its place is the order of the list. */
export function unplaced({ position, ...step }: PlacedStep): Step {
  return step;
}
