import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ActualResource,
  Owner,
  ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { interactive, type HetznerCloud } from '../clouds/hetzner';
import { RefreshingCache } from '../connections/RefreshingCache';
import type { Operation } from '../operations/operation';
import type { EnvironmentBuckets } from '../resources/EnvironmentBuckets';
import type { ReadContext } from '../resources/ResourceDriver';
import type { StoredEnvironment } from './EnvironmentStore';

/** What exists of an environment, and when it was looked at. */
export type Observation = { resources: ActualResource[]; observedAt: Date };

/** Pages and quotes that come within this time share one look at the provider. */
const FRESH_MS = 15_000;

/** So many looks are remembered at most, whatever comes in a short time. */
const REMEMBERED = 500;

/** Stands for one look in the cache, which holds its keys weakly. */
type Remembered = { usedAt: number };

/**
 * Looks at what exists of an environment, for pages and quotes; operations look
 * for themselves. An operation that starts or ends makes what is remembered old.
 */
export class EnvironmentObserver {
  readonly #observations: RefreshingCache<Remembered, Observation>;
  /** The one that was used last comes last. */
  readonly #keys = new Map<string, Remembered>();

  constructor(
    private readonly options: {
      installation: string;
      cloud: (connection: string) => Promise<HetznerCloud>;
      buckets: (environmentId: string) => EnvironmentBuckets;
      observe: (context: ReadContext) => Promise<ActualResource[]>;
      now: () => Date;
      logger: LoggerService;
    },
  ) {
    this.#observations = new RefreshingCache({
      freshMs: FRESH_MS,
      staleMs: 0,
      now: options.now,
      logger: options.logger,
      what: 'The resources of an environment',
    });
  }

  /**
   * @param wanted - what it shall consist of, so that what it borrows is seen
   * @throws NotFoundError when its connection is gone; CloudError
   */
  async look(
    environment: Pick<StoredEnvironment, 'id' | 'name' | 'connection'>,
    operation: Pick<Operation, 'id' | 'state'> | undefined,
    wanted: readonly ResourceNode[],
  ): Promise<Observation> {
    const { installation, cloud, buckets, observe, now } = this.options;
    const owner: Owner = {
      installation,
      environmentId: environment.id,
      environment: environment.name,
    };
    const key = this.#keyOf(
      [environment.id, operation?.id, operation?.state, ...publicKeys(wanted)]
        .map(String)
        .join('\n'),
    );
    return this.#observations.get(key, async () => {
      const connected = await cloud(environment.connection);
      return {
        resources: await observe({
          cloud: interactive(connected),
          buckets: buckets(environment.id),
          owner,
          wanted,
        }),
        observedAt: now(),
      };
    });
  }

  #keyOf(look: string): Remembered {
    const usedAt = this.options.now().getTime();
    const key = this.#keys.get(look) ?? { usedAt };
    key.usedAt = usedAt;
    this.#keys.delete(look);
    this.#keys.set(look, key);
    this.#forget(usedAt);
    return key;
  }

  /** Drops what nobody has asked for lately, removed environments among it. */
  #forget(now: number): void {
    for (const [look, { usedAt }] of this.#keys) {
      if (usedAt + FRESH_MS > now && this.#keys.size <= REMEMBERED) {
        return;
      }
      this.#keys.delete(look);
    }
  }
}

/** What the look depends on beside the environment: a borrowed key is found by its content. */
function publicKeys(wanted: readonly ResourceNode[]): string[] {
  return wanted.flatMap(node =>
    node.kind === 'ssh-key' ? [String(node.desired.publicKey)] : [],
  );
}
