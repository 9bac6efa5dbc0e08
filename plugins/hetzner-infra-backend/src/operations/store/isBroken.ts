import type { Knex } from 'knex';
import type { OperationRow, StepRow } from './rows';

/**
 * Whether an operation of the environment that failed, or was stopped after it
 * had begun, was the last one to touch it. `operationId` is the one that ends
 * now: it counts when it has begun a step.
 */
export async function isBroken(
  tx: Knex.Transaction,
  environmentId: string,
  operationId: string,
): Promise<boolean> {
  const hasBegun = tx<StepRow>('operation_steps')
    .whereNotNull('started_at')
    .select('operation_id');
  const last = await tx<OperationRow>('operations')
    .where('environment_id', environmentId)
    .whereIn('id', hasBegun)
    .orderBy('created_at', 'desc')
    .first('id', 'state');
  if (!last) return false;
  // One that has begun and is not over is the one that is stopped here, or the one before it.
  return last.id === operationId || last.state !== 'succeeded';
}
