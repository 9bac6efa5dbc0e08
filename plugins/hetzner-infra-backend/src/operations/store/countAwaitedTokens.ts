import type { Knex } from 'knex';
import type { BigIntColumn } from '../../database/BigIntColumn';

/** How many operations wait for another token, by connection; those of which none does are absent. */
export async function countAwaitedTokens(
  knex: Knex,
): Promise<Map<string, number>> {
  const rows: { connection: string; count: BigIntColumn }[] = await knex(
    'operations',
  )
    .join('environments', 'environments.id', 'operations.environment_id')
    .whereNull('operations.finished_at')
    .whereNotNull('operations.token_awaited_since')
    .groupBy('environments.connection')
    .select('environments.connection', knex.raw('count(*) as count'));
  return new Map(rows.map(row => [row.connection, Number(row.count)]));
}
