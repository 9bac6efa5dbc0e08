import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Operation } from '../operation';
import { OperationConflictError } from '../OperationConflictError';
import { cancellation, stateAtRest, type Cancellation } from '../transitions';
import { appendEvents } from './appendEvents';
import { goBackTo, markRemoved } from './environmentOutcome';
import { isBroken } from './isBroken';
import { lockEnvironment, type EnvironmentQueueRow } from './lockEnvironment';
import { fromAim, toOperation, type OperationRow, type StepRow } from './rows';
import { coded } from '../../coded';

/** Cancels an operation, see OperationStore.requestCancel. */
export async function cancelOperation(
  tx: Knex.Transaction,
  operationId: string,
  now: Date,
): Promise<Operation> {
  const known = await tx<OperationRow>('operations')
    .where('id', operationId)
    .first('environment_id');
  if (!known) {
    throw new NotFoundError(`There is no operation ${operationId}`);
  }
  const environment = await lockEnvironment(tx, known.environment_id);
  // The row lock comes before the look at the steps: a removal's first step
  // starts either before it and is seen, or after it and is refused.
  const [row] = await tx<OperationRow>('operations')
    .where('id', operationId)
    .update({ id: operationId })
    .returning('*');

  const decision = cancellation(
    toOperation(row),
    environment.standing,
    await removalHasBegun(tx, operationId),
  );
  switch (decision.kind) {
    case 'unchanged':
      return toOperation(row);
    case 'refused':
      throw coded(
        new OperationConflictError(
          `Operation ${operationId} cannot be cancelled: ${decision.reason}.`,
          operationId,
        ),
        decision.code,
      );
    case 'cancelling': {
      if (decision.aim.kind === 'apply') {
        await goBackTo(tx, environment.id, decision.aim.revision);
      }
      return write(tx, operationId, now, {
        ...fromAim(decision.aim),
        state: 'cancelling',
        next_attempt_at: now.getTime(),
      });
    }
    default: {
      if (decision.backTo === undefined) {
        await markRemoved(tx, environment.id, now);
      } else {
        await goBackTo(tx, environment.id, decision.backTo);
        await tx('environments')
          .where('id', environment.id)
          .whereNull('removed_at')
          .update({
            state: stateAtRest({
              revision: decision.backTo,
              appliedRevision: environment.standing.appliedRevision,
              isBroken: await isBroken(tx, environment.id, operationId),
            }),
          });
      }
      return write(tx, operationId, now, {
        ...fromAim({ kind: 'stop' }),
        state: 'cancelled',
        finished_at: now.getTime(),
      });
    }
  }
}

/** What a cancel would do now, see OperationStore.previewCancel. */
export async function previewCancel(
  knex: Knex,
  operationId: string,
): Promise<Cancellation> {
  const row = await knex<OperationRow>('operations')
    .where('id', operationId)
    .first();
  if (!row) {
    throw new NotFoundError(`There is no operation ${operationId}`);
  }
  const environment = await knex<EnvironmentQueueRow>('environments')
    .where('id', row.environment_id)
    .first('revision', 'applied_revision');
  return cancellation(
    toOperation(row),
    {
      revision: environment!.revision,
      appliedRevision: environment!.applied_revision ?? undefined,
    },
    await removalHasBegun(knex, operationId),
  );
}

async function removalHasBegun(
  tx: Knex,
  operationId: string,
): Promise<boolean> {
  const begun = await tx<StepRow>('operation_steps')
    .where({ operation_id: operationId, change: 'remove' })
    .whereNotNull('started_at')
    .first('id');
  return begun !== undefined;
}

async function write(
  tx: Knex.Transaction,
  operationId: string,
  now: Date,
  change: Partial<OperationRow>,
): Promise<Operation> {
  const [row] = await tx<OperationRow>('operations')
    .where('id', operationId)
    .update(change)
    .returning('*');
  const operation = toOperation(row);
  await appendEvents(tx, operationId, [{ operation }], now);
  return operation;
}
