import {
  compareMoney,
  isOrderable,
  isRetired,
  offerIn,
  type Catalogue,
  type CatalogueServerType,
  type ServerTypeOffer,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A server type in one location, and why it cannot be ordered there if it cannot. */
export interface ServerOffer {
  type: CatalogueServerType;
  offer: ServerTypeOffer;
  obstacle?: 'withdrawn' | 'sold-out';
}

/** Server types that are sold in a location: those that can be ordered first, each by price. */
export function serverOffers(
  catalogue: Catalogue,
  location: string,
): ServerOffer[] {
  return catalogue.serverTypes
    .flatMap((type): ServerOffer[] => {
      const offer = offerIn(type, location);
      if (!offer) return [];
      if (isOrderable(type, location, catalogue)) return [{ type, offer }];
      const obstacle = isRetired(offer, catalogue) ? 'withdrawn' : 'sold-out';
      return [{ type, offer, obstacle }];
    })
    .sort(
      (a, b) =>
        Number(!!a.obstacle) - Number(!!b.obstacle) ||
        compareMoney(a.offer.priceMonthly, b.offer.priceMonthly),
    );
}

type LoadBalancerType = Catalogue['loadBalancerTypes'][number];

/** Load balancer types that are sold in a location, by price. */
export function loadBalancerOffers(
  catalogue: Catalogue,
  location: string,
): { type: LoadBalancerType; offer: LoadBalancerType['locations'][number] }[] {
  return catalogue.loadBalancerTypes
    .flatMap(type => {
      const offer = type.locations.find(({ name }) => name === location);
      return offer ? [{ type, offer }] : [];
    })
    .sort((a, b) => compareMoney(a.offer.priceMonthly, b.offer.priceMonthly));
}
