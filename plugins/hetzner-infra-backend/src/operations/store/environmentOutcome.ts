import type { Knex } from 'knex';

/** The environment wants an earlier revision again; the number of the one left is not used twice. */
export async function goBackTo(
  tx: Knex.Transaction,
  environmentId: string,
  revision: number,
): Promise<void> {
  const row = await tx('environment_revisions')
    .where({ environment_id: environmentId, revision })
    .first('owner', 'document', 'choices', 'monthly');
  await tx('environments')
    .where('id', environmentId)
    .update({ ...row, revision });
}

/** Nothing of the environment is left: its secrets go, its name is free, its history stays. */
export async function markRemoved(
  tx: Knex.Transaction,
  environmentId: string,
  now: Date,
): Promise<void> {
  await tx('environment_secrets')
    .where('environment_id', environmentId)
    .delete();
  await tx('environments')
    .where('id', environmentId)
    .whereNull('removed_at')
    .update({ state: 'removed', removed_at: now.getTime() });
}
