import type { ClusterIdentity } from './ClusterIdentity';
import {
  createClusterIdentity,
  createClusterRoots,
} from './createClusterIdentity';
import { keptOnceAsJson, type MaterialOf } from './keptOnce';

/** What the secrets of a cluster are called. */
const NAMES = { roots: 'cluster-roots', identity: 'cluster-identity' };

/**
 * The keys and passwords of an environment's cluster, made once and kept sealed
 * until the environment is removed.
 */
export const clusterIdentity = (of: MaterialOf): Promise<ClusterIdentity> =>
  keptOnceAsJson(of, NAMES.identity, async () => {
    const now = of.now();
    const roots = await keptOnceAsJson(of, NAMES.roots, () =>
      createClusterRoots(of.environment, now),
    );
    return createClusterIdentity(of.environment, roots, now);
  });

/** The same, where they were made already. */
export async function madeClusterIdentity({
  environmentId,
  store,
}: Pick<MaterialOf, 'environmentId' | 'store'>): Promise<
  ClusterIdentity | undefined
> {
  const kept = await store.get(environmentId, NAMES.identity);
  return kept && JSON.parse(kept);
}
