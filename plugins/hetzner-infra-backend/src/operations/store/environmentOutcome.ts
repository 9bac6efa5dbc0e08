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

/**
 * Nothing of the environment is left: its secrets go, its name is free, its
 * history stays. What is still recorded as costing ends here too: nobody looks
 * at it again, so a last look that could not be recorded is not made up for.
 */
export async function markRemoved(
  tx: Knex.Transaction,
  environmentId: string,
  now: Date,
): Promise<void> {
  await tx('environment_secrets')
    .where('environment_id', environmentId)
    .delete();
  await tx('priced_lifetimes')
    .where('environment_id', environmentId)
    .whereNull('ended_at')
    .update({
      // A clock of the provider that is ahead makes no negative time.
      ended_at: tx.raw('case when started_at > ? then started_at else ? end', [
        now.getTime(),
        now.getTime(),
      ]),
    });
  await tx('environments')
    .where('id', environmentId)
    .whereNull('removed_at')
    .update({ state: 'removed', removed_at: now.getTime() });
}
