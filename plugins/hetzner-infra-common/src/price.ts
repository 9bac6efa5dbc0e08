import type { Catalogue } from './schema/openapi/generated/models';
import { offerIn } from './catalogue';
import type { ResourceNode } from './graph';
import { sum, type Money } from './money';

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

const FREE: Price = { hourly: '0', monthly: '0' };

/** What a resource costs, its address included. Networks, firewalls, keys, groups and certificates are free. */
export function priceOf(
  resource: Pick<ResourceNode, 'kind'> & { state: object },
  catalogue: Catalogue,
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
  return resource.kind === 'load-balancer'
    ? loadBalancerPrice(catalogue, state.type, state.location)
    : FREE;
}
