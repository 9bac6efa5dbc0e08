import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Catalogue } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud, ServerType } from '../clouds/hetzner';
import type { ConnectionRegistry } from './ConnectionRegistry';
import {
  hetznerCatalogue,
  readPriceList,
  readServerTypes,
  type PriceList,
} from './hetznerCatalogue';
import { readHetznerUsage, type Usage } from './hetznerUsage';
import { RefreshingCache } from './RefreshingCache';

const MINUTE_MS = 60_000;

/** Prices change rarely; what is shown carries its age. */
const PRICES = { freshMs: 10 * MINUTE_MS, staleMs: 50 * MINUTE_MS };

/** What is in stock changes often, and one call tells it. */
const STOCK = { freshMs: MINUTE_MS / 2, staleMs: 60 * MINUTE_MS };

/** Somebody who types wants an answer at once; somebody else may create meanwhile. */
const USAGE = { freshMs: MINUTE_MS / 2, staleMs: 0 };

/**
 * What a provider sells and what a project uses, remembered, so that a person
 * who types costs the provider nothing.
 */
export class ProviderFacts {
  readonly #registry: Pick<ConnectionRegistry, 'hetzner'>;
  readonly #now: () => Date;
  readonly #prices: RefreshingCache<HetznerCloud, PriceList & { readAt: Date }>;
  readonly #stock: RefreshingCache<HetznerCloud, ServerType[]>;
  readonly #usage: RefreshingCache<HetznerCloud, Usage>;

  constructor(options: {
    registry: Pick<ConnectionRegistry, 'hetzner'>;
    logger: LoggerService;
    now: () => Date;
  }) {
    const { logger, now } = options;
    this.#registry = options.registry;
    this.#now = now;
    this.#prices = new RefreshingCache({
      ...PRICES,
      now,
      logger,
      what: 'The provider’s price list',
    });
    this.#stock = new RefreshingCache({
      ...STOCK,
      now,
      logger,
      what: 'What the provider has in stock',
    });
    this.#usage = new RefreshingCache({
      ...USAGE,
      now,
      logger,
      what: 'The use of the project',
    });
  }

  /**
   * @param forOrder - for what is about to be ordered: what is in stock is not
   *   older than half a minute then
   * @throws NotFoundError when there is no such connection
   * @throws CloudError
   */
  async catalogue(
    connection: string,
    { forOrder = false }: { forOrder?: boolean } = {},
  ): Promise<Catalogue> {
    const cloud = await this.#registry.hetzner(connection);
    const [{ readAt, ...prices }, serverTypes] = await Promise.all([
      this.#prices.get(cloud, async () => ({
        ...(await readPriceList(cloud)),
        readAt: this.#now(),
      })),
      this.#stock.get(
        cloud,
        () => readServerTypes(cloud),
        forOrder ? 0 : STOCK.staleMs,
      ),
    ]);
    return hetznerCatalogue(connection, { ...prices, serverTypes }, readAt);
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
