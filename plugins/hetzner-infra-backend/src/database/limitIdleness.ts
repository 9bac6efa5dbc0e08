import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

/** Far longer than a transaction waits for its own process, far shorter than a lease. */
const MILLISECONDS = 5000;

/**
 * Ends a transaction whose process does not go on with it, so that the rows it
 * has locked are free again. A process that is stopped keeps its connection, and
 * nobody could take over what it works on. PostgreSQL documentation, Client
 * Connection Defaults: idle_in_transaction_session_timeout.
 */
export async function limitIdleness(tx: Knex.Transaction): Promise<void> {
  if (!isPostgres(tx)) return;
  await tx.raw(
    `set local idle_in_transaction_session_timeout = ${MILLISECONDS}`,
  );
}
