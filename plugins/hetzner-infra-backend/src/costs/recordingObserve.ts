import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  pricedParts,
  type ActualResource,
  type Catalogue,
  type PriceBook,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import type { ReadContext } from '../resources/ResourceDriver';
import type { Look } from './lifetimeChanges';
import type { LifetimeStore } from './LifetimeStore';

type Observe = (context: ReadContext) => Promise<ActualResource[]>;

/**
 * An `observe` that keeps what it saw: how long what costs has existed, and how
 * many servers run. Level-triggered: the next look closes what a look that could not
 * be kept did not; after the last one the end of the removal does. It is logged
 * and never fails the look.
 */
export function recordingObserve(options: {
  observe: Observe;
  store: Pick<LifetimeStore, 'record'>;
  environments: Pick<EnvironmentStore, 'find'>;
  /** May be some minutes old. @throws CloudError */
  catalogue(connection: string): Promise<Catalogue>;
  priceBook: PriceBook;
  now: () => Date;
  logger: LoggerService;
}): Observe {
  const { observe, store, environments, priceBook, now, logger } = options;
  return async context => {
    const startedAt = now().getTime();
    const resources = await observe(context);
    const { environmentId, environment: name } = context.owner;
    try {
      const environment = await environments.find(environmentId);
      if (environment) {
        const catalogue = await options.catalogue(environment.connection);
        await store.record(
          environmentId,
          lookOf(resources, catalogue, priceBook, startedAt),
          resources.filter(isServerOn).length,
        );
      }
    } catch (error) {
      logger.warn(
        `What ${name} costs could not be recorded this time. The next look records what exists then; what came and went until then is missing.`,
        error as Error,
      );
    }
    return resources;
  };
}

function isServerOn(resource: ActualResource): boolean {
  return resource.kind === 'server' && resource.state.power === 'on';
}

function lookOf(
  resources: readonly ActualResource[],
  catalogue: Catalogue,
  priceBook: PriceBook,
  startedAt: number,
): Look {
  const unpriced = new Set<string>();
  const parts = resources
    .filter(({ owned }) => owned)
    .flatMap(resource => {
      const { kind, key, providerId, createdAt } = resource;
      const priced = pricedParts(resource, catalogue, priceBook);
      if (!priced) unpriced.add(`${kind} ${providerId}`);
      return (priced ?? []).map(
        ({ line, description, type, price, source }) => ({
          kind,
          key,
          providerId: String(providerId),
          line,
          description,
          ...(type !== undefined && { type }),
          hourly: price.hourly,
          monthlyCap: price.monthly,
          currency: catalogue.currency,
          source,
          createdAt: Date.parse(createdAt),
        }),
      );
    });
  return { startedAt, parts, unpriced };
}
