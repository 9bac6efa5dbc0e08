import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ActualResource,
  Owner,
  ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';
import { RefreshingCache } from '../connections/RefreshingCache';
import type { Operation } from '../operations/operation';
import type { ReadContext } from '../resources/ResourceDriver';
import type { StoredEnvironment } from './EnvironmentStore';

/** What exists of an environment, and when it was looked at. */
export type Observation = { resources: ActualResource[]; observedAt: Date };

/** Pages and quotes that come within this time share one look at the provider. */
const FRESH_MS = 15_000;

type Remembered = { since: string };

/**
 * Looks at what exists of an environment, for pages and quotes; operations look
 * for themselves. An operation that starts or ends makes what is remembered old.
 */
export class EnvironmentObserver {
  readonly #observations: RefreshingCache<Remembered, Observation>;
  readonly #keys = new Map<string, Remembered>();

  constructor(
    private readonly options: {
      installation: string;
      cloud: (connection: string) => Promise<HetznerCloud>;
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
    const { installation, cloud, observe, now } = this.options;
    const owner: Owner = {
      installation,
      environmentId: environment.id,
      environment: environment.name,
    };
    const key = this.#keyOf(
      environment.id,
      `${operation?.id} ${operation?.state}`,
    );
    return this.#observations.get(key, async () => {
      const connected = await cloud(environment.connection);
      return {
        resources: await observe({
          cloud: connected.scoped({ priority: 'interactive' }),
          owner,
          wanted,
        }),
        observedAt: now(),
      };
    });
  }

  #keyOf(environmentId: string, since: string): Remembered {
    const known = this.#keys.get(environmentId);
    if (known?.since === since) {
      return known;
    }
    const key = { since };
    this.#keys.set(environmentId, key);
    return key;
  }
}
