import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { mergeSteps, type PlacedStep } from '../mergeSteps';
import { expectedStepSeconds } from '../expectedSteps';
import {
  stepName,
  type Hold,
  type PlannedStep,
  type Step,
  type StepDetails,
} from '../operation';
import { withDetails, withoutDetails } from '../stepDetails';
import { appendEvents } from './appendEvents';
import { readDurations } from './readDurations';
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
  const past =
    added.length > 0
      ? await readDurations(tx, hold.operationId)
      : new Map<string, number[]>();
  const ids = new Map(
    [...existing, ...added.map(step => ({ ...step, id: randomUUID() }))].map(
      step => [stepName(step), step.id],
    ),
  );
  const inserted: PlacedStep[] = added.map(step => ({
    ...step,
    id: ids.get(stepName(step))!,
    state: 'waiting',
    attempts: 0,
    needs: (step.needs ?? []).flatMap(name => ids.get(name) ?? []),
    expectedSeconds: expectedStepSeconds(step, past),
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
    [...changed, ...inserted].map(step => ({ step: told(step) })),
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
      events.push({ step: told(next) });
    }
  }
  await appendEvents(tx, hold.operationId, events, now);
}

/** Adds to what steps know of the provider. No event: whoever looks at a step reads it. */
export async function addDetails(
  tx: Knex.Transaction,
  hold: Hold,
  details: ReadonlyMap<string, StepDetails>,
): Promise<void> {
  const rows = await tx<StepRow>('operation_steps')
    .where('operation_id', hold.operationId)
    .whereIn('id', [...details.keys()]);
  for (const row of rows) {
    const step = toStep(row);
    await tx<StepRow>('operation_steps')
      .where('id', step.id)
      .update(
        fromStep({ ...step, ...withDetails(step, details.get(step.id)!) }),
      );
  }
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

/** A step as an event carries it. */
function told(step: PlacedStep): Step {
  return withoutDetails(unplaced(step));
}

/** A step as others see it: its place is the order of the list. */
export function unplaced({ position, ...step }: PlacedStep): Step {
  return step;
}
