import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Catalogue } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';
import type { ConnectionRegistry } from './ConnectionRegistry';
import { hetznerCatalogue, readHetznerOffer } from './hetznerCatalogue';
import { readHetznerUsage, type Usage } from './hetznerUsage';
import { RefreshingCache } from './RefreshingCache';

const MINUTE_MS = 60_000;

/** Prices and availability change rarely; what is shown carries its age. */
const CATALOGUE = { freshMs: 10 * MINUTE_MS, staleMs: 50 * MINUTE_MS };

/** Somebody who types wants an answer at once; somebody else may create meanwhile. */
const USAGE = { freshMs: MINUTE_MS / 2, staleMs: 0 };

/**
 * What a provider sells and what a project uses, remembered, so that a person
 * who types costs the provider nothing.
 */
export class ProviderFacts {
  readonly #registry: ConnectionRegistry;
  readonly #now: () => Date;
  readonly #catalogues: RefreshingCache<HetznerCloud, Catalogue>;
  readonly #usage: RefreshingCache<HetznerCloud, Usage>;

  constructor(options: {
    registry: ConnectionRegistry;
    logger: LoggerService;
    now: () => Date;
  }) {
    const { logger, now } = options;
    this.#registry = options.registry;
    this.#now = now;
    this.#catalogues = new RefreshingCache({
      ...CATALOGUE,
      now,
      logger,
      what: 'The provider’s catalogue',
    });
    this.#usage = new RefreshingCache({
      ...USAGE,
      now,
      logger,
      what: 'The use of the project',
    });
  }

  /**
   * @throws NotFoundError when there is no such connection
   * @throws CloudError
   */
  async catalogue(connection: string): Promise<Catalogue> {
    const cloud = await this.#registry.hetzner(connection);
    return this.#catalogues.get(cloud, async () =>
      hetznerCatalogue(connection, await readHetznerOffer(cloud), this.#now()),
    );
  }

  /**
   * @throws NotFoundError when there is no such connection
   * @throws CloudError
   */
  async usage(connection: string): Promise<Usage> {
    const cloud = await this.#registry.hetzner(connection);
    return this.#usage.get(cloud, () => readHetznerUsage(cloud));
  }
}
