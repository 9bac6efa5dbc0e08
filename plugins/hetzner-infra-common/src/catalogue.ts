import type { Catalogue } from './schema/openapi/generated/models';

/** A server type as the catalogue has it. */
export type CatalogueServerType = Catalogue['serverTypes'][number];

/** A server type in one location: availability and price. */
export type ServerTypeOffer = CatalogueServerType['locations'][number];

/** The offer of a type in a location; undefined where it was never sold. */
export function offerIn(
  serverType: CatalogueServerType,
  location: string,
): ServerTypeOffer | undefined {
  return serverType.locations.find(offer => offer.name === location);
}

/** Whether a type has been withdrawn in a location by the time the catalogue was read. */
export function isRetired(
  offer: ServerTypeOffer,
  catalogue: Catalogue,
): boolean {
  return (
    offer.unavailableAfter !== undefined &&
    Date.parse(offer.unavailableAfter) <= Date.parse(catalogue.fetchedAt)
  );
}

/** Whether a type can be ordered in a location now. */
export function isOrderable(
  serverType: CatalogueServerType,
  location: string,
  catalogue: Catalogue,
): boolean {
  const offer = offerIn(serverType, location);
  return offer !== undefined && offer.available && !isRetired(offer, catalogue);
}
