import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { applyOwnerFilter } from '../../environments/applyOwnerFilter';
import type { Operation, Step, StoredEvent } from '../operation';
import type { OperationStore } from '../OperationStore';
import {
  toEvent,
  toOperation,
  toStep,
  type EventRow,
  type OperationRow,
  type StepRow,
} from './rows';
import { unplaced } from './writeSteps';

const EVENTS_AT_ONCE = 500;

export async function findOperation(
  knex: Knex,
  id: string,
): Promise<Operation | undefined> {
  const row = await knex<OperationRow>('operations').where('id', id).first();
  return row && toOperation(row);
}

export async function stepsOf(
  knex: Knex,
  operationIds: readonly string[],
): Promise<Map<string, Step[]>> {
  const steps = new Map<string, Step[]>(operationIds.map(id => [id, []]));
  const rows = await knex<StepRow>('operation_steps')
    .whereIn('operation_id', operationIds as string[])
    .orderBy('position');
  for (const row of rows) {
    steps.get(row.operation_id)!.push(unplaced(toStep(row)));
  }
  return steps;
}

/** Youngest first, see OperationStore.list. */
export async function listOperations(
  knex: Knex,
  query: Parameters<OperationStore['list']>[0],
): Promise<{ items: Operation[]; nextCursor?: string }> {
  const list = knex<OperationRow>('operations')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(query.limit + 1);
  const { environmentId, visible } = query;
  if (environmentId !== undefined) {
    list.where('environment_id', environmentId);
  }
  if (visible) {
    list.whereIn('environment_id', environments =>
      environments
        .select('id')
        .from('environments')
        .modify(q => applyOwnerFilter(q, visible)),
    );
  }
  if (query.state !== undefined) {
    list.where('state', query.state);
  }
  if (query.goal !== undefined) {
    list.where('goal', query.goal);
  }
  if (query.requestId !== undefined) {
    list.where('request_id', query.requestId);
  }
  if (query.cursor !== undefined) {
    const last = await knex<OperationRow>('operations')
      .where('id', query.cursor)
      .first('created_at', 'id');
    if (!last) {
      throw new InputError('The cursor is unknown. Start at the first page.');
    }
    list.where(older =>
      older
        .where('created_at', '<', last.created_at)
        .orWhere(same =>
          same.where('created_at', last.created_at).where('id', '<', last.id),
        ),
    );
  }
  const rows = await list;
  const items = rows.slice(0, query.limit).map(toOperation);
  return {
    items,
    nextCursor: rows.length > query.limit ? items.at(-1)?.id : undefined,
  };
}

/** The operation of each environment that a page shows, see OperationStore.current. */
export async function currentOperations(
  knex: Knex,
  environmentIds: readonly string[],
): Promise<Map<string, Operation>> {
  const youngest = knex('operations')
    .select('id', 'environment_id')
    .select(
      knex.raw(
        `row_number() over (
          partition by environment_id
          order by
            case when finished_at is null and lease is not null then 0
                 when finished_at is null then 1 else 2 end,
            created_at desc, id desc
        ) as place`,
      ),
    )
    .whereIn('environment_id', environmentIds as string[])
    .as('ranked');
  const rows = await knex<OperationRow>('operations').whereIn(
    'id',
    knex.select('id').from(youngest).where('place', 1),
  );
  return new Map(rows.map(row => [row.environment_id, toOperation(row)]));
}

export async function readEventsAfter(
  knex: Knex,
  operationId: string,
  seq: number,
): Promise<StoredEvent[]> {
  const rows = await knex<EventRow>('operation_events')
    .where('operation_id', operationId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(EVENTS_AT_ONCE);
  return rows.map(toEvent);
}

export async function readLastSeqs(
  knex: Knex,
  operationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await knex<EventRow>('operation_events')
    .whereIn('operation_id', operationIds as string[])
    .groupBy('operation_id')
    .select('operation_id')
    .max({ last: 'seq' });
  return new Map(rows.map(row => [row.operation_id, Number(row.last)]));
}
