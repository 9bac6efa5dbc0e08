import type { Knex } from 'knex';

/** Whether rows can be locked; SQLite has one writer and no row locks. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
