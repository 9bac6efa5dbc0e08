import type { Image } from '../../catalogue/images';
import {
  findLocation,
  Location,
  locationNamed,
} from '../../catalogue/locations';
import { findServerType, ServerType } from '../../catalogue/serverTypes';
import type { Cloud } from '../../cloud';
import { errors } from '../../errors';
import type { Call } from '../../operation';
import { invalidField } from '../../reference';
import { findImage } from '../images/image';

/**
 * Finds type, image and location of a new server; without a wish it is the
 * first location that has the type.
 *
 * @throws ApiError 422 for what does not exist or does not fit, 412 for what is sold out
 */
export function choosePlacement(
  call: Pick<Call, 'cloud' | 'project' | 'now'>,
  wish: { server_type: string; image: string; location?: string | null },
): { type: ServerType; location: Location; image: Image } {
  const type = findServerType(wish.server_type);
  if (!type) {
    throw invalidField(
      'server_type',
      `server type '${wish.server_type}' not found`,
    );
  }
  const { cloud } = call;
  const image = fittingImage(call, wish.image, type);
  if (!wish.location) {
    const name = type.locations.find(
      candidate => cloud.availability(type.name, candidate) === 'available',
    );
    if (!name) {
      throw type.locations.length === 0
        ? errors.unsupportedLocation()
        : errors.soldOut();
    }
    return { type, image, location: locationNamed(name) };
  }
  const location = findLocation(wish.location);
  if (!location) {
    throw invalidField('location', `location '${wish.location}' not found`);
  }
  if (!type.locations.includes(location.name)) {
    throw errors.unsupportedLocation();
  }
  requireAvailable(cloud, type.name, location.name);
  return { type, image, location };
}

/**
 * Refuses a server of a type that cannot be had in a location.
 *
 * @throws ApiError 412 for what is sold out, 422 for what is not sold any more
 */
export function requireAvailable(
  cloud: Cloud,
  serverType: string,
  location: string,
): void {
  const found = cloud.availability(serverType, location);
  if (found === 'disabled') throw errors.locationDisabled();
  if (found === 'sold out') throw errors.soldOut();
  // As retired types are refused, see autobase-tech/autobase#1403.
  if (found === 'retired') throw errors.unsupportedLocation();
}

/**
 * The image of this id or name that runs on a server type.
 *
 * @throws ApiError 422
 */
export function fittingImage(
  { project, now }: Pick<Call, 'project' | 'now'>,
  idOrName: string,
  type: Pick<ServerType, 'architecture' | 'disk'>,
): Image {
  const image = findImage(project, idOrName, type.architecture);
  if (!image) throw invalidField('image', `image '${idOrName}' not found`);
  if (image.architecture !== type.architecture) {
    throw invalidField(
      'image',
      `has architecture ${image.architecture}, the server type ${type.architecture}`,
    );
  }
  if (image.status !== 'available') {
    throw errors.unavailable('image is not available yet');
  }
  if (
    image.deprecation &&
    Date.parse(image.deprecation.unavailableAfter) <= now
  ) {
    throw invalidField('image', 'is deprecated and not available any more');
  }
  if (image.diskSize > type.disk) {
    throw invalidField('image', 'does not fit on the disk of the server');
  }
  return image;
}
