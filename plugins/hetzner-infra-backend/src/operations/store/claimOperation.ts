import { randomUUID } from 'node:crypto';
import { phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { Claim } from '../OperationStore';
import { appendEvents } from './appendEvents';
import { isPostgres } from '../../database/isPostgres';
import { limitIdleness } from '../../database/limitIdleness';
import { dueOperations } from './dueOperations';
import { toAim, toOperation, type OperationRow } from './rows';

/**
 * Claims the oldest operation that is due, see OperationStore.claim.
 *
 * On PostgreSQL the row is locked while it is claimed and locked rows are
 * skipped, so claimers do not wait for each other. On both engines the update
 * compares the lease that was read: whoever comes second changes nothing and
 * gets nothing. A crash needs no clean-up, the lease runs out.
 */
export async function claimOperation(
  tx: Knex.Transaction,
  options: { worker: string; leaseMs: number; now: Date },
): Promise<Claim | undefined> {
  await limitIdleness(tx);
  const now = options.now.getTime();
  const due: OperationRow | undefined = await dueOperations(tx, now)
    .orderBy([{ column: 'created_at' }, { column: 'id' }])
    .first()
    .modify(query => {
      if (isPostgres(tx)) {
        query.forUpdate().skipLocked();
      }
    });
  if (!due) {
    return undefined;
  }

  const lease = randomUUID();
  const takenOver = due.lease !== null;
  const [claimed] = await tx<OperationRow>('operations')
    .where({ id: due.id, lease: due.lease, state: due.state })
    .update({
      lease,
      lease_until: now + options.leaseMs,
      worker: options.worker,
      state: due.state === 'queued' ? 'running' : due.state,
      attempts: due.attempts + 1,
      started_at: due.started_at ?? now,
      taken_over_at: takenOver ? now : due.taken_over_at,
    })
    .returning('*');
  if (!claimed) {
    return undefined;
  }

  const operation = toOperation(claimed);
  await appendEvents(
    tx,
    operation.id,
    due.state === 'queued'
      ? [{ operation }]
      : [goneOn(takenOver, options.worker)],
    options.now,
  );
  return {
    operation,
    hold: { operationId: operation.id, lease, aim: toAim(claimed) },
    takenOver,
  };
}

function goneOn(takenOver: boolean, worker: string) {
  const by = takenOver
    ? phrase('operation-taken-over', { worker }, `Taken over by ${worker}`)
    : phrase('operation-continued', { worker }, `Continued by ${worker}`);
  return { message: by.text, phrase: by };
}
