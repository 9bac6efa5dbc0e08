import type { Knex } from 'knex';
import { clusterResourceId, type FoundResource } from './orphan';

/** What the clusters of environments made, by whom, in the plugin's database. */
export class ClusterResourceStore {
  constructor(private readonly knex: Knex) {}

  /** Keeps whose a resource is, for the time when its network is gone. Epoch milliseconds. */
  async record(
    seen: readonly (Pick<FoundResource, 'kind' | 'providerId'> & {
      environmentId: string;
    })[],
    at: number,
  ): Promise<void> {
    if (seen.length === 0) return;
    await this.knex('cluster_resources')
      .insert(
        seen.map(({ kind, providerId, environmentId }) => ({
          kind,
          provider_id: String(providerId),
          environment_id: environmentId,
          seen_at: at,
        })),
      )
      .onConflict(['kind', 'provider_id'])
      .merge();
  }

  /** Environment ids by `clusterResourceId`. */
  async find(
    resources: readonly Pick<FoundResource, 'kind' | 'providerId'>[],
  ): Promise<Map<string, string>> {
    const rows = await this.knex('cluster_resources').whereIn(
      'provider_id',
      resources.map(({ providerId }) => String(providerId)),
    );
    return new Map(
      rows.map(row => [
        clusterResourceId({
          kind: row.kind,
          providerId: Number(row.provider_id),
        }),
        row.environment_id,
      ]),
    );
  }
}
