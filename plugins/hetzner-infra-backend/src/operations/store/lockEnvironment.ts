import { NotFoundError } from '@backstage/errors';
import type { EnvironmentState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { EnvironmentStanding } from '../transitions';
import { isPostgres } from '../../database/isPostgres';
import { limitIdleness } from '../../database/limitIdleness';

/** What the queue reads of `environments`. */
export type EnvironmentQueueRow = {
  id: string;
  name: string;
  revision: number;
  applied_revision: number | null;
  state: EnvironmentState;
};

/**
 * Reads an environment and keeps other queue changes of it out until the
 * transaction ends. Taken before the lock of any of its operations, everywhere:
 * a fixed order is what keeps submit, cancel and finish from deadlocks. Not
 * `for update`: PostgreSQL checks the reference of an operation that one
 * transaction updates twice, and the check must not wait for this lock.
 *
 * @throws NotFoundError
 */
export async function lockEnvironment(
  tx: Knex.Transaction,
  environmentId: string,
): Promise<EnvironmentQueueRow & { standing: EnvironmentStanding }> {
  await limitIdleness(tx);
  const row = await tx<EnvironmentQueueRow>('environments')
    .where('id', environmentId)
    .first('id', 'name', 'revision', 'applied_revision', 'state')
    .modify(query => {
      if (isPostgres(tx)) {
        query.forNoKeyUpdate();
      }
    });
  if (!row) {
    throw new NotFoundError(`There is no environment with id ${environmentId}`);
  }
  return {
    ...row,
    standing: {
      revision: row.revision,
      appliedRevision: row.applied_revision ?? undefined,
    },
  };
}
