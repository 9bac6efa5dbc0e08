import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ApprovalOutcome } from '../approval';
import type { Operation } from '../operation';
import { appendEvents } from './appendEvents';
import { cancelOperation } from './cancelOperation';
import { lockEnvironment } from './lockEnvironment';
import { toOperation, type OperationRow } from './rows';

/** Decides about an operation that waits, see OperationStore.decideApproval. */
export async function decideApproval(
  tx: Knex.Transaction,
  operationId: string,
  decide: (operation: Operation) => ApprovalOutcome,
  now: Date,
): Promise<{ operation: Operation; outcome: ApprovalOutcome }> {
  const known = await tx<OperationRow>('operations')
    .where('id', operationId)
    .first('environment_id');
  if (!known) throw new NotFoundError(`There is no operation ${operationId}`);
  await lockEnvironment(tx, known.environment_id);
  const row = await tx<OperationRow>('operations')
    .where('id', operationId)
    .first();
  const before = toOperation(row!);
  const outcome = decide(before);
  if (outcome.kind === 'unchanged' || outcome.kind === 'refused') {
    return { operation: before, outcome };
  }
  const options = JSON.stringify({
    ...before.options,
    approval: outcome.approval,
  });
  if (outcome.kind === 'cancelled') {
    // Before the cancel, so that its event, the last one, says why.
    await tx<OperationRow>('operations')
      .where('id', operationId)
      .update({ options, error: JSON.stringify(outcome.error) });
    return { operation: await cancelOperation(tx, operationId, now), outcome };
  }
  const [changed] = await tx<OperationRow>('operations')
    .where('id', operationId)
    .update({
      options,
      ...(outcome.kind === 'queued' && {
        state: 'queued',
        next_attempt_at: now.getTime(),
      }),
    })
    .returning('*');
  const operation = toOperation(changed);
  await appendEvents(tx, operationId, [{ operation }], now);
  return { operation, outcome };
}
