import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';
import { limitIdleness } from './limitIdleness';

/**
 * Keeps others who ask for the same owner's lock out until the transaction
 * ends. Take it before the lock of any row: a fixed order keeps from deadlocks.
 *
 * An owner has no row to lock, so on PostgreSQL it is an advisory lock
 * (PostgreSQL documentation, Explicit Locking: advisory locks). On SQLite the
 * transaction itself is enough: there is one connection.
 */
export async function lockOwner(
  tx: Knex.Transaction,
  owner: string,
): Promise<void> {
  if (!isPostgres(tx)) return;
  await limitIdleness(tx);
  await tx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `hetzner-infra owner ${owner}`,
  ]);
}
