import type { Knex } from 'knex';
import { durationName, type PastDurations } from '../expectedSteps';
import type { StepRow } from './rows';

/** Steps that are looked at: enough of each kind for a median, few enough for each plan. */
const LOOKED_AT = 400;

/**
 * How long steps took lately that succeeded at once, on the same connection:
 * a sandbox and a real project are not alike.
 */
export async function readDurations(
  knex: Knex,
  operationId: string,
): Promise<PastDurations> {
  const rows = await knex<StepRow>('operation_steps as step')
    .join('operations as operation', 'operation.id', 'step.operation_id')
    .join(
      'environments as environment',
      'environment.id',
      'operation.environment_id',
    )
    .whereNotNull('step.finished_at')
    .whereNotNull('step.started_at')
    .where({ 'step.state': 'succeeded', 'step.attempts': 1 })
    .whereIn(
      'environment.connection',
      knex('environments as mine')
        .select('mine.connection')
        .join('operations as this', 'this.environment_id', 'mine.id')
        .where('this.id', operationId),
    )
    .orderBy('step.finished_at', 'desc')
    .limit(LOOKED_AT)
    .select('step.kind', 'step.change', 'step.started_at', 'step.finished_at');
  const durations = new Map<string, number[]>();
  for (const row of rows) {
    const name = durationName(row);
    const seconds = (Number(row.finished_at) - Number(row.started_at)) / 1000;
    durations.set(name, [...(durations.get(name) ?? []), seconds]);
  }
  return durations;
}
