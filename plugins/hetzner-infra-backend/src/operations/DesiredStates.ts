import type {
  Owner,
  ResourceGraph,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentMaterial } from '../bootstrap/environmentMaterial';
import type { HetznerCloud } from '../clouds/hetzner';
import type { EnvironmentBuckets } from '../resources/EnvironmentBuckets';
import type { Aim } from './operation';

/** What the loop works on and toward, read afresh on each round. */
export interface DesiredState {
  owner: Owner;
  /** Empty for the aims `remove` and `stop`. */
  graph: ResourceGraph;
  cloud: HetznerCloud;
  buckets: EnvironmentBuckets;
  material: EnvironmentMaterial;
}

/**
 * A revision cannot be built (any more), whatever is tried: its type or
 * location is gone, its connection was removed. The message is for people.
 */
export class UnbuildableError extends Error {
  readonly name = 'UnbuildableError';
}

/** Where the loop reads what an environment shall be. */
export interface DesiredStates {
  /**
   * @throws CloudError when the provider's catalogue cannot be read
   * @throws UnbuildableError
   */
  read(environmentId: string, aim: Aim): Promise<DesiredState>;

  /**
   * What an environment shall be while no operation works on it; nothing when
   * its last operation failed, because then only a person knows.
   */
  atRest(
    environmentId: string,
  ): Promise<{ aim: Aim; revision: number } | undefined>;

  /** Whether any revision of the environment was ever reached: if not, an apply creates it. */
  hasStood(environmentId: string): Promise<boolean>;
}
