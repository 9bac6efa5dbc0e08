import type { Knex } from 'knex';
import type { OperationRow } from './rows';

/**
 * Operations that a worker may take now, see OperationStore.claim. None while a
 * restored database waits to be confirmed.
 */
export function dueOperations(
  knex: Knex,
  now: number,
): Knex.QueryBuilder<OperationRow, OperationRow[]> {
  return knex<OperationRow>('operations')
    .whereNotExists(knex('restorations').select(knex.raw('1')))
    .whereNull('finished_at')
    .whereIn('state', ['queued', 'running', 'cancelling'])
    .where('next_attempt_at', '<=', now)
    .where(lease => lease.whereNull('lease').orWhere('lease_until', '<=', now))
    .where(free =>
      free
        .where('goal', 'apply')
        .orWhereNotExists(
          knex('operations as other')
            .select(knex.raw('1'))
            .whereRaw('other.environment_id = operations.environment_id')
            .where('other.goal', 'apply')
            .whereNull('other.finished_at'),
        ),
    );
}
