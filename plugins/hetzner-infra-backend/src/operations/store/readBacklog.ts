import type { Knex } from 'knex';
import type { BigIntColumn } from '../../database/BigIntColumn';
import { limitQuery } from '../../database/limitQuery';
import {
  readRestoration,
  type UnconfirmedRestoration,
} from '../../restoration/readRestoration';
import { dueOperations } from './dueOperations';

/** What waits for a worker. */
export type Backlog = {
  /** Operations that a worker may take, and that none has. */
  due: number;
  /** How long the first of them waits; 0 when there is none. */
  oldestSeconds: number;
  /** Why no worker takes anything; absent when the database was not restored, or that was confirmed. */
  restoration?: UnconfirmedRestoration;
};

/** Reads what waits for a worker: since it was due, or since the lease of the last one ended. */
export async function readBacklog(knex: Knex, now: Date): Promise<Backlog> {
  const [row] = await limitQuery(
    knex,
    dueOperations(knex, now.getTime()),
  ).select<{ due: BigIntColumn; since: BigIntColumn | null }[]>(
    knex.raw('count(*) as due'),
    knex.raw(
      'min(case when lease_until > next_attempt_at then lease_until else next_attempt_at end) as since',
    ),
  );
  const restoration = await readRestoration(knex);
  return {
    due: Number(row.due),
    oldestSeconds:
      row.since === null ? 0 : (now.getTime() - Number(row.since)) / 1000,
    ...(restoration && { restoration }),
  };
}
