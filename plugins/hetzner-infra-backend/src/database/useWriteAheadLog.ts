import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

/**
 * Lets SQLite append what a transaction changes to a log instead of copying
 * pages back and forth: one wait for the disk in place of several, as durable as
 * before. Its driver waits synchronously, so each wait stops the whole backend.
 * A database in memory stays as it is, and PostgreSQL has its own. SQLite
 * documentation, Write-Ahead Logging: Overview.
 */
export async function useWriteAheadLog(knex: Knex): Promise<void> {
  if (isPostgres(knex)) return;
  await knex.raw('pragma journal_mode = wal');
}
