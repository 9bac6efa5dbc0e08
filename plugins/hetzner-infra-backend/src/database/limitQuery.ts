import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

const MILLISECONDS = 5000;

/**
 * Ends a query that gets no answer, on the server too, and gives up its
 * connection when even that is not answered (knex, Interfaces: timeout). SQLite
 * answers at once and cannot be interrupted.
 */
export function limitQuery<Query extends Knex.QueryBuilder>(
  knex: Knex,
  query: Query,
): Query {
  return isPostgres(knex)
    ? (query.timeout(MILLISECONDS, { cancel: true }) as Query)
    : query;
}
