import type { Knex } from 'knex';

/** How a stored document names the connection of its bucket: nothing else has this key and a text. */
const bucketsIn = (connection: string) => `"objectStorage":"${connection}"`;

/** Adds to a query of environments those whose document names a connection for its bucket. */
export function orKeepsBucketsIn(
  query: Knex.QueryBuilder,
  connection: string,
): void {
  // Names of connections have no wildcards.
  query.orWhere('document', 'like', `%${bucketsIn(connection)}%`);
}

/** Whether a stored document names a connection for its bucket. */
export function keepsBucketsIn(
  { document }: { document: string },
  connection: string,
): boolean {
  return document.includes(bucketsIn(connection));
}

/** Buckets at a connection that are kept for their data. */
export async function retainedAt(
  knex: Knex | Knex.Transaction,
  connection: string,
): Promise<string[]> {
  return knex('environment_buckets')
    .where({ connection })
    .whereNotNull('retained_at')
    .pluck('bucket');
}
