import type { Catalogue } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  interactive,
  type HetznerCloud,
  type LoadBalancerType,
  type Location,
  type ResponseOf,
  type ServerType,
} from '../clouds/hetzner';

type Pricing = ResponseOf<'get', '/pricing'>['pricing'];

/** What the provider sells, apart from servers. It changes rarely. */
export type PriceList = {
  locations: Location[];
  loadBalancerTypes: LoadBalancerType[];
  pricing: Pricing;
};

/** All that the provider tells of what it sells. */
export type HetznerOffer = PriceList & {
  /** With what is in stock, which changes within minutes. */
  serverTypes: ServerType[];
};

/** Reads what the provider sells, apart from servers. @throws CloudError */
export async function readPriceList(cloud: HetznerCloud): Promise<PriceList> {
  const api = interactive(cloud);
  const [locations, loadBalancerTypes, { pricing }] = await Promise.all([
    api.listAll('/locations'),
    api.listAll('/load_balancer_types'),
    api.get('/pricing'),
  ]);
  return { locations, loadBalancerTypes, pricing };
}

/** Reads the servers that the provider sells, and where they are in stock. One call. @throws CloudError */
export async function readServerTypes(
  cloud: HetznerCloud,
): Promise<ServerType[]> {
  return interactive(cloud).listAll('/server_types');
}

type PriceRow = {
  location: string;
  price_hourly: { net: string };
  price_monthly: { net: string };
};

const prices = (row: PriceRow) => ({
  priceHourly: row.price_hourly.net,
  priceMonthly: row.price_monthly.net,
});

/**
 * The provider's offer in the words of the catalogue: net prices, availability
 * and withdrawal per location. Types that are sold nowhere are left out.
 */
export function hetznerCatalogue(
  connection: string,
  offer: HetznerOffer,
  fetchedAt: Date,
): Catalogue {
  return {
    connection,
    fetchedAt: fetchedAt.toISOString(),
    currency: offer.pricing.currency,
    locations: offer.locations.map(location => ({
      name: location.name,
      networkZone: location.network_zone,
      city: location.city,
      country: location.country,
      description: location.description,
    })),
    serverTypes: offer.serverTypes
      .map(type => ({
        name: type.name,
        description: type.description,
        cores: type.cores,
        memoryGb: type.memory,
        diskGb: type.disk,
        architecture: type.architecture,
        cpuType: type.cpu_type,
        locations: type.prices.map(row => {
          const place = type.locations.find(l => l.name === row.location);
          return {
            name: row.location,
            available: place?.available ?? false,
            ...(place?.deprecation && {
              unavailableAfter: place.deprecation.unavailable_after,
            }),
            ...prices(row),
          };
        }),
      }))
      .filter(type => type.locations.length > 0),
    loadBalancerTypes: offer.loadBalancerTypes.map(type => ({
      name: type.name,
      description: type.description,
      maxServices: type.max_services,
      maxTargets: type.max_targets,
      maxCertificates: type.max_assigned_certificates,
      locations: type.prices.map(row => ({
        name: row.location,
        ...prices(row),
      })),
    })),
    primaryIpPrices: offer.pricing.primary_ips.flatMap(
      ({ type, prices: rows }) =>
        rows.map(row => ({ type, location: row.location, ...prices(row) })),
    ),
    volumePrice: offer.pricing.volume.price_per_gb_month.net,
  };
}
