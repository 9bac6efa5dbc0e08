import type { Knex } from 'knex';
import { LeaseLostError, type Hold, type Operation } from '../operation';
import type { Ending } from '../OperationStore';
import { outcome } from '../transitions';
import { appendEvents } from './appendEvents';
import { markRemoved } from './environmentOutcome';
import { isBroken } from './isBroken';
import { lockEnvironment } from './lockEnvironment';
import { toOperation, type OperationRow } from './rows';
import { lockHeld, requireAim } from './underLease';

/** Ends an operation, see OperationStore.finished. */
export async function finishOperation(
  tx: Knex.Transaction,
  hold: Hold,
  ending: Ending,
  now: Date,
): Promise<Operation> {
  const known = await tx<OperationRow>('operations')
    .where('id', hold.operationId)
    .first('environment_id');
  if (!known) {
    throw new LeaseLostError(hold.operationId);
  }
  const environment = await lockEnvironment(tx, known.environment_id);
  const row = await lockHeld(tx, hold);
  requireAim(hold, row);

  const removalWaits = await tx<OperationRow>('operations')
    .where({ environment_id: environment.id, goal: 'remove' })
    .whereNot('id', row.id)
    .whereNull('finished_at')
    .first('id');
  const result = outcome(
    toOperation(row),
    {
      ...environment.standing,
      isBroken: await isBroken(tx, environment.id, row.id),
    },
    ending,
    removalWaits !== undefined,
  );

  const [finished] = await tx<OperationRow>('operations')
    .where('id', row.id)
    .update({
      state: result.state,
      error: result.error ? JSON.stringify(result.error) : null,
      finished_at: now.getTime(),
      lease: null,
      lease_until: null,
    })
    .returning('*');
  if (result.environment.state === 'removed') {
    await markRemoved(tx, environment.id, now);
  } else {
    await tx('environments')
      .where('id', environment.id)
      .whereNull('removed_at')
      .update({
        state: result.environment.state,
        ...(result.environment.appliedRevision !== undefined && {
          applied_revision: result.environment.appliedRevision,
        }),
      });
  }
  const operation = toOperation(finished);
  await appendEvents(tx, operation.id, [{ operation }], now);
  return operation;
}
