import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import { limitIdleness } from '../../database/limitIdleness';
import type { EventRow, OperationRow } from './rows';

/** What one batch removed. */
export type RemovedDetails = { operations: number; events: number };

/**
 * Removes the history of operations that ended before a time, oldest first, at
 * most `limit` of them. The operation with its steps stays, and the last event
 * of each, so that who follows it still sees how it ended. Of two backends at
 * once each takes others: rows that one has locked are skipped on PostgreSQL,
 * and SQLite has one writer.
 */
export async function removeDetails(
  knex: Knex,
  { endedBefore, limit, now }: { endedBefore: Date; limit: number; now: Date },
): Promise<RemovedDetails> {
  return knex.transaction(async tx => {
    await limitIdleness(tx);
    const ids: string[] = await tx<OperationRow>('operations')
      .whereNull('details_removed_at')
      .where('finished_at', '<', endedBefore.getTime())
      .orderBy('finished_at')
      .limit(limit)
      .modify(query => {
        if (isPostgres(tx)) query.forUpdate().skipLocked();
      })
      .pluck('id');
    if (ids.length === 0) return { operations: 0, events: 0 };
    const events = await tx<EventRow>('operation_events')
      .whereIn('operation_id', ids)
      .whereNotIn(
        'seq',
        tx<EventRow>('operation_events')
          .whereIn('operation_id', ids)
          .groupBy('operation_id')
          .max('seq'),
      )
      .delete();
    await tx<OperationRow>('operations')
      .whereIn('id', ids)
      .update({ details_removed_at: now.getTime() });
    return { operations: ids.length, events };
  });
}
