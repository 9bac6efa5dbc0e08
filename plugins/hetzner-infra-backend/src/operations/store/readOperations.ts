import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { applyOwnerFilter } from '../../database/ownerFilter';
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

/** The columns of a step but for what can be long. */
const withoutDetails = [
  'id',
  'operation_id',
  'key',
  'kind',
  'change',
  'title',
  'subject',
  'state',
  'progress',
  'attempts',
  'position',
  'error',
  'started_at',
  'finished_at',
  'needs',
  'expected_seconds',
  'provider_id',
] as const;

/** See OperationStore.find. */
export async function findOperation(
  knex: Knex,
  id: string,
): Promise<Operation | undefined> {
  const row = await knex<OperationRow>('operations').where('id', id).first();
  return row && toOperation(row);
}

/** See OperationStore.steps. */
export async function stepsOf(
  knex: Knex,
  operationIds: readonly string[],
  { details = true }: { details?: boolean } = {},
): Promise<Map<string, Step[]>> {
  const steps = new Map<string, Step[]>(operationIds.map(id => [id, []]));
  const none = { provider_actions: null, calls: null };
  const rows: StepRow[] = await knex<StepRow>('operation_steps')
    .whereIn('operation_id', operationIds as string[])
    .orderBy('position')
    .select(details ? '*' : withoutDetails);
  for (const row of rows) {
    steps
      .get(row.operation_id)!
      .push(unplaced(toStep(details ? row : { ...row, ...none })));
  }
  return steps;
}

/** See OperationStore.endedSteps. */
export async function countEndedSteps(
  knex: Knex,
  operationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await knex<StepRow>('operation_steps')
    .whereIn('operation_id', operationIds as string[])
    .whereNotNull('finished_at')
    .groupBy('operation_id')
    .select('operation_id')
    .count({ ended: '*' });
  return new Map(rows.map(row => [row.operation_id, Number(row.ended)]));
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
  const ids = environmentIds as string[];
  const youngest = knex('operations as own')
    .select('own.id')
    .whereRaw('own.environment_id = environments.id')
    .orderBy([
      { column: 'own.created_at', order: 'desc' },
      { column: 'own.id', order: 'desc' },
    ])
    .limit(1);
  // Two looks into an index for each environment, however long its history.
  const rows = await knex<OperationRow>('operations').whereIn(
    'id',
    candidates =>
      candidates
        .select(youngest.as('id'))
        .from('environments')
        .whereIn('environments.id', ids)
        .union(unfinished =>
          unfinished
            .select('id')
            .from('operations')
            .whereIn('environment_id', ids)
            .whereNull('finished_at'),
        ),
  );
  const current = new Map<string, OperationRow>();
  for (const row of rows) {
    const other = current.get(row.environment_id);
    if (!other || comesBefore(row, other)) {
      current.set(row.environment_id, row);
    }
  }
  return new Map([...current].map(([id, row]) => [id, toOperation(row)]));
}

/** Who works comes first, then who waits, then who ended last. */
function comesBefore(one: OperationRow, other: OperationRow): boolean {
  const place = (row: OperationRow) => {
    if (row.finished_at !== null) {
      return 2;
    }
    return row.lease === null ? 1 : 0;
  };
  return (
    (place(one) - place(other) ||
      Number(other.created_at) - Number(one.created_at) ||
      other.id.localeCompare(one.id)) < 0
  );
}

/** See OperationStore.eventsAfter. */
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

/** See OperationStore.lastSeqs. */
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
