import type { Catalogue } from './schema/openapi/generated/models';
import { offerIn } from './catalogue';
import type { ActualResource, ResourceNode } from './graph';
import { dividedBy, sum, type Money } from './money';
import { bookSource, type PriceBook } from './priceBook';

/** Net price of one thing in the catalogue's currency. */
export interface Price {
  hourly: Money;
  monthly: Money;
}

/** Price of a server type in a location. Throws when the catalogue does not have it: a blueprint never names such a type. */
export function serverPrice(
  catalogue: Catalogue,
  type: string,
  location: string,
): Price {
  const serverType = catalogue.serverTypes.find(({ name }) => name === type);
  const offer = serverType && offerIn(serverType, location);
  if (!offer)
    throw new Error(`No price for server type ${type} in ${location}`);
  return { hourly: offer.priceHourly, monthly: offer.priceMonthly };
}

/** Price of a load balancer type in a location. Throws when the catalogue does not have it. */
export function loadBalancerPrice(
  catalogue: Catalogue,
  type: string,
  location: string,
): Price {
  const offer = catalogue.loadBalancerTypes
    .find(({ name }) => name === type)
    ?.locations.find(({ name }) => name === location);
  if (!offer) {
    throw new Error(`No price for load balancer type ${type} in ${location}`);
  }
  return { hourly: offer.priceHourly, monthly: offer.priceMonthly };
}

/** Price of the public IPv4 address that a server has; zero where the provider charges none. */
export function ipv4Price(catalogue: Catalogue, location: string): Price {
  const price = catalogue.primaryIpPrices?.find(
    entry => entry.type === 'ipv4' && entry.location === location,
  );
  return price
    ? { hourly: price.priceHourly, monthly: price.priceMonthly }
    : { hourly: '0', monthly: '0' };
}

/** Where a price of the catalogue comes from, with its date. */
export function priceSource({ fetchedAt }: Catalogue): string {
  return `Provider’s price list, read ${fetchedAt}`;
}

/** Price lines in words; what costs is called the same before and after it was bought. */
export const LINE_WORDS = {
  controlPlane: (type: string) => `Control plane, ${type}`,
  pool: (pool: string, type: string) => `Workers of the pool ${pool}, ${type}`,
  loadBalancer: (type: string) => `Load balancer, ${type}`,
  addresses: 'Public IPv4 addresses of the servers',
};

const FREE: Price = { hourly: '0', monthly: '0' };

/** Hours in the 30 days over which a price for a month is spread where there is none for an hour. */
const HOURS_OF_A_MONTH = 720;

/**
 * The base price of object storage in a currency; undefined where the price book
 * has none in it. The provider charges it once for an account, however many
 * buckets there are, and by use what is above the included quota (Hetzner Docs,
 * Object Storage, Overview: Pricing).
 */
export function objectStoragePrice(
  { objectStorage: entry }: PriceBook,
  currency: string,
): Price | undefined {
  return entry?.currency === currency
    ? {
        hourly: dividedBy(entry.monthly, HOURS_OF_A_MONTH),
        monthly: entry.monthly,
      }
    : undefined;
}

/**
 * What a resource costs, its address included, in the catalogue's currency.
 * Networks, firewalls, keys, groups and certificates are free. What is missing
 * in the price book counts for nothing.
 */
export function priceOf(
  resource: Pick<ResourceNode, 'kind'> & { state: object },
  catalogue: Catalogue,
  priceBook: PriceBook = {},
): Price {
  const state = resource.state as {
    serverType: string;
    type: string;
    location: string;
  };
  if (resource.kind === 'server') {
    const server = serverPrice(catalogue, state.serverType, state.location);
    const address = ipv4Price(catalogue, state.location);
    return {
      hourly: sum([server.hourly, address.hourly]),
      monthly: sum([server.monthly, address.monthly]),
    };
  }
  if (resource.kind === 'bucket') {
    return objectStoragePrice(priceBook, catalogue.currency) ?? FREE;
  }
  return resource.kind === 'load-balancer'
    ? loadBalancerPrice(catalogue, state.type, state.location)
    : FREE;
}

/** A part of a resource that the provider charges for by itself. */
export interface PricedPart {
  /** Key of the price line that it belongs to, such as `pool-web`. */
  line: string;
  /** The line in words. */
  description: string;
  /** Of the server or load balancer; absent for an address. */
  type?: string;
  price: Price;
  /** Where the price comes from, with its date. */
  source: string;
}

/**
 * What a resource that exists is charged for: a server and its address are two
 * things. Empty for what is free; undefined when the catalogue has no price for
 * it any more, so that nobody takes it for free.
 */
export function pricedParts(
  resource: ActualResource,
  catalogue: Catalogue,
  priceBook: PriceBook = {},
): PricedPart[] | undefined {
  if (resource.kind === 'bucket') return bucketParts(catalogue, priceBook);
  try {
    return partsOf(resource, catalogue)
      .filter(({ price }) => Number(price.monthly) > 0)
      .map(part => ({ ...part, source: priceSource(catalogue) }));
  } catch {
    // The only error is the catalogue's lack of the type.
    return undefined;
  }
}

function bucketParts(
  { currency }: Catalogue,
  priceBook: PriceBook,
): PricedPart[] | undefined {
  const price = objectStoragePrice(priceBook, currency);
  return (
    price && [
      {
        line: 'object-storage',
        description: priceBook.objectStorage!.description,
        price,
        source: bookSource(priceBook.objectStorage!),
      },
    ]
  );
}

function partsOf(
  resource: ActualResource,
  catalogue: Catalogue,
): Omit<PricedPart, 'source'>[] {
  switch (resource.kind) {
    case 'server': {
      const { serverType, pool, location } = resource.state;
      return [
        {
          line: pool === null ? 'control-plane' : `pool-${pool}`,
          description:
            pool === null
              ? LINE_WORDS.controlPlane(serverType)
              : LINE_WORDS.pool(pool, serverType),
          type: serverType,
          price: serverPrice(catalogue, serverType, location),
        },
        {
          line: 'public-ipv4',
          description: LINE_WORDS.addresses,
          price: ipv4Price(catalogue, location),
        },
      ];
    }
    case 'load-balancer': {
      const { type, location } = resource.state;
      return [
        {
          line: 'load-balancer',
          description: LINE_WORDS.loadBalancer(type),
          type,
          price: loadBalancerPrice(catalogue, type, location),
        },
      ];
    }
    default:
      return [];
  }
}
