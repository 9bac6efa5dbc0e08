import type { Knex } from 'knex';
import type { StandingEnvironment } from '../connections/ProjectGuard';
import { isTokenRefusal } from '../operations/failure';

/** What was begun with one resource of an environment. */
export type BegunStep = {
  key: string;
  kind: string;
  change: string;
  state: string;
  attempts: number;
  /** JSON of an OperationError. */
  error: string | null;
  provider_id: string | null;
};

/** A creation that the provider refused for its token before anything was made. */
function madeNothing(step: BegunStep): boolean {
  return (
    step.change === 'create' &&
    step.state === 'failed' &&
    step.attempts <= 1 &&
    step.provider_id === null &&
    step.error !== null &&
    isTokenRefusal(JSON.parse(step.error).code)
  );
}

const isRemoved = ({ change, state }: BegunStep) =>
  change === 'remove' && state === 'succeeded';

/**
 * Whether an environment may have resources at the provider: one whose creation
 * was begun, whatever came of it, and that was not seen to be removed. Pure.
 *
 * @param hasStood - whether a revision of it was reached; it may have been adopted
 * @param begun - what was begun with its resources, the oldest first
 */
export function mayHaveResources(
  hasStood: boolean,
  begun: readonly BegunStep[],
): boolean {
  const last = new Map(
    begun
      .filter(step => !madeNothing(step))
      .map(step => [`${step.kind} ${step.key}`, step]),
  );
  const steps = [...last.values()];
  if (steps.some(step => !isRemoved(step))) return true;
  // What was adopted has resources of which no step tells; the network goes last.
  return hasStood && !steps.some(({ kind }) => kind === 'network');
}

/** The environments of a connection that may have resources at the provider, as far as the database tells. */
export async function standingByConnection(
  knex: Knex,
  connection: string,
): Promise<StandingEnvironment[]> {
  const rows = await knex('environments')
    .where({ connection })
    .whereNull('removed_at')
    .orderBy('name')
    .select('id', 'name', 'applied_revision');
  const steps: (BegunStep & { environment_id: string })[] = await knex(
    'operation_steps',
  )
    .join('operations', 'operations.id', 'operation_steps.operation_id')
    .join('environments', 'environments.id', 'operations.environment_id')
    .where('environments.connection', connection)
    .whereNull('environments.removed_at')
    .whereNotNull('operation_steps.started_at')
    .orderBy('operation_steps.started_at')
    .select(
      'operations.environment_id',
      'operation_steps.key',
      'operation_steps.kind',
      'operation_steps.change',
      'operation_steps.state',
      'operation_steps.attempts',
      'operation_steps.error',
      'operation_steps.provider_id',
    );
  return rows
    .filter(row =>
      mayHaveResources(
        row.applied_revision !== null,
        steps.filter(step => step.environment_id === row.id),
      ),
    )
    .map(({ id, name }) => ({ id, name }));
}
