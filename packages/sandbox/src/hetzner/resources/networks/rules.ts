import { z } from 'zod';
import {
  formatRange,
  includesAddress,
  includesRange,
  Ipv4Range,
  isPrivate,
  overlap,
  parseIpv4,
  parseRange,
} from '../../addresses/ipv4';
import {
  firstFreeRange,
  PUBLIC_GATEWAY,
} from '../../addresses/subnetAddresses';
import { networkZones } from '../../catalogue/locations';
import { errors } from '../../errors';
import { invalidField } from '../../reference';
import { Network, storedRange } from './network';

/** Source: docs.hetzner.com, Networks FAQ. */
const MAX_SUBNETS = 50;
const MAX_ROUTES = 100;

/** Source: Hetzner Cloud API, `POST /networks`. */
const LARGEST_NETWORK_PREFIX = 24;
const LARGEST_SUBNET_PREFIX = 30;

/** A subnet in a request. */
export const subnetBody = z.object({
  type: z.enum(['cloud', 'server', 'vswitch']),
  ip_range: z.string().nullish(),
  network_zone: z.string(),
});

/** A route in a request. */
export const routeBody = z.object({
  destination: z.string(),
  gateway: z.string(),
});

type Subnet = Network['subnets'][number];
type Route = Network['routes'][number];

/**
 * The range of a network.
 *
 * @throws ApiError 422
 */
export function networkRange(text: string): Ipv4Range {
  const range = parseRange(text);
  if (!range || !isPrivate(range)) {
    throw invalidField('ip_range', 'must be a private IPv4 range (RFC 1918)');
  }
  if (range.prefix > LARGEST_NETWORK_PREFIX) {
    throw invalidField(
      'ip_range',
      `must be at least a /${LARGEST_NETWORK_PREFIX}`,
    );
  }
  return range;
}

const destinationOf = ({ destination }: Route) =>
  storedRange({ ipRange: destination });

/**
 * The subnet that a request adds to a network.
 *
 * @throws ApiError 422, or 403 beyond the number of subnets
 */
export function newSubnet(
  network: Pick<Network, 'ipRange' | 'subnets' | 'routes'>,
  body: z.infer<typeof subnetBody>,
): Subnet {
  if (body.type === 'vswitch') throw errors.serviceError('vswitch not found');
  if (!networkZones.includes(body.network_zone)) {
    throw invalidField(
      'network_zone',
      `must be one of ${networkZones.join(', ')}`,
    );
  }
  if (network.subnets.length >= MAX_SUBNETS) {
    throw errors.limitExceeded('subnet limit reached', 'subnet_limit');
  }
  if (network.subnets.some(({ zone }) => zone !== body.network_zone)) {
    throw invalidField('network_zone', 'must be the zone of the other subnets');
  }
  const whole = storedRange(network);
  const used = network.subnets.map(storedRange);
  const range = body.ip_range
    ? parseRange(body.ip_range)
    : firstFreeRange(whole, used);
  if (!range) {
    throw body.ip_range
      ? invalidField('ip_range', 'is no IPv4 range')
      : errors.noSubnetAvailable();
  }
  if (!includesRange(whole, range)) {
    throw invalidField('ip_range', 'must be inside the range of the network');
  }
  if (range.prefix > LARGEST_SUBNET_PREFIX) {
    throw invalidField(
      'ip_range',
      `must be at least a /${LARGEST_SUBNET_PREFIX}`,
    );
  }
  if (used.some(other => overlap(other, range))) {
    throw invalidField('ip_range', 'overlaps with another subnet');
  }
  if (network.routes.some(route => overlap(destinationOf(route), range))) {
    throw invalidField('ip_range', 'overlaps with a route');
  }
  return { ipRange: formatRange(range), zone: body.network_zone };
}

const EVERYTHING: Ipv4Range = { base: 0, prefix: 0 };

const isEverything = ({ prefix }: Ipv4Range) => prefix === EVERYTHING.prefix;

/**
 * The route that a request adds to a network.
 *
 * @throws ApiError 422, or 403 beyond the number of routes
 */
export function newRoute(
  network: Pick<Network, 'ipRange' | 'subnets' | 'routes'>,
  body: z.infer<typeof routeBody>,
): Route {
  if (network.routes.length >= MAX_ROUTES) {
    throw errors.limitExceeded('route limit reached', 'route_limit');
  }
  const destination = parseRange(body.destination);
  if (!destination || !(isPrivate(destination) || isEverything(destination))) {
    throw invalidField(
      'destination',
      'must be a private IPv4 range or 0.0.0.0/0',
    );
  }
  if (!isEverything(destination)) {
    if (includesAddress(destination, PUBLIC_GATEWAY)) {
      throw invalidField('destination', 'must not include 172.31.1.1');
    }
    if (
      network.subnets.some(subnet => overlap(storedRange(subnet), destination))
    ) {
      throw invalidField('destination', 'overlaps with a subnet');
    }
  }
  const clash = network.routes.some(route => {
    const other = destinationOf(route);
    // The default route contains every other one and overlaps only with itself.
    return isEverything(destination) || isEverything(other)
      ? isEverything(destination) && isEverything(other)
      : overlap(other, destination);
  });
  if (clash) throw invalidField('destination', 'overlaps with another route');
  const gateway = parseIpv4(body.gateway);
  const whole = storedRange(network);
  if (gateway === undefined || !includesAddress(whole, gateway)) {
    throw invalidField('gateway', 'must be an address of the network');
  }
  if (gateway === whole.base + 1 || gateway === PUBLIC_GATEWAY) {
    throw invalidField('gateway', 'is reserved');
  }
  return { destination: formatRange(destination), gateway: body.gateway };
}
