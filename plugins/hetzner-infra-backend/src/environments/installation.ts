import type { Knex } from 'knex';
import { randomId } from './randomId';

/**
 * The id of this portal, the label `installation` of all its resources. Made at
 * the first call and kept with the database: whoever copies the database copies
 * the claim to the resources. Replicas that start together agree on one.
 */
export async function installationId(knex: Knex, now: Date): Promise<string> {
  await knex('installation')
    .insert({
      singleton: 1,
      installation_id: randomId(),
      created_at: now.getTime(),
    })
    .onConflict('singleton')
    .ignore();
  const row = await knex('installation')
    .where('singleton', 1)
    .first('installation_id');
  return row.installation_id;
}
