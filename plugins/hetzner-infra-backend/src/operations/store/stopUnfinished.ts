import type { OperationError } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { Operation } from '../operation';
import { appendEvents } from './appendEvents';
import { lockEnvironment } from './lockEnvironment';
import { toOperation, type OperationRow } from './rows';

/**
 * Ends operations without another look at the provider, whoever has held them.
 * Those that wait for an approval stay: nothing happens to them without a person.
 */
export async function stopUnfinished(
  tx: Knex.Transaction,
  { createdUntil, error }: { createdUntil: Date; error: OperationError },
  now: Date,
): Promise<Operation[]> {
  const unfinished = await tx<OperationRow>('operations')
    .whereNull('finished_at')
    .whereIn('state', ['queued', 'running', 'cancelling'])
    .where('created_at', '<=', createdUntil.getTime())
    .orderBy(['environment_id', 'created_at'])
    .select('id', 'environment_id');
  const stopped: Operation[] = [];
  for (const { id, environment_id: environmentId } of unfinished) {
    await lockEnvironment(tx, environmentId);
    const [row] = await tx<OperationRow>('operations')
      .where('id', id)
      .whereNull('finished_at')
      .update({
        state: 'failed',
        error: JSON.stringify(error),
        finished_at: now.getTime(),
        lease: null,
        lease_until: null,
      })
      .returning('*');
    if (!row) continue;
    const other = await tx<OperationRow>('operations')
      .where('environment_id', environmentId)
      .whereNull('finished_at')
      .first('id');
    // With another one the environment's state is that one's.
    if (!other) {
      await tx('environments')
        .where('id', environmentId)
        .whereNull('removed_at')
        .update({ state: 'failed' });
    }
    const operation = toOperation(row);
    await appendEvents(tx, id, [{ operation }], now);
    stopped.push(operation);
  }
  return stopped;
}
