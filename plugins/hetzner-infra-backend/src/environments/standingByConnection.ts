import type { Knex } from 'knex';
import type { StandingEnvironment } from '../connections/ProjectGuard';

type NetworkStep = { environment_id: string; change: string; state: string };

/**
 * Whether an environment has its network at the provider, which it has first and
 * loses last. Pure.
 *
 * @param hasStood - whether a revision of it was reached; it may have been adopted
 * @param last - what was last begun with its network
 */
export function hasNetwork(
  hasStood: boolean,
  last: Pick<NetworkStep, 'change' | 'state'> | undefined,
): boolean {
  if (!last) return hasStood;
  if (last.change === 'create') return last.state === 'succeeded';
  return last.change !== 'remove';
}

/** The environments of a connection that have resources at the provider, as far as the database tells. */
export async function standingByConnection(
  knex: Knex,
  connection: string,
): Promise<StandingEnvironment[]> {
  const rows = await knex('environments')
    .where({ connection })
    .whereNull('removed_at')
    .orderBy('name')
    .select('id', 'name', 'applied_revision');
  const steps: NetworkStep[] = await knex('operation_steps')
    .join('operations', 'operations.id', 'operation_steps.operation_id')
    .join('environments', 'environments.id', 'operations.environment_id')
    .where('environments.connection', connection)
    .whereNull('environments.removed_at')
    .where('operation_steps.kind', 'network')
    .whereNotNull('operation_steps.started_at')
    .orderBy('operation_steps.started_at')
    .select(
      'operations.environment_id',
      'operation_steps.change',
      'operation_steps.state',
    );
  const last = new Map(steps.map(step => [step.environment_id, step]));
  return rows
    .filter(row => hasNetwork(row.applied_revision !== null, last.get(row.id)))
    .map(({ id, name }) => ({ id, name }));
}
