import {
  formatIpv4,
  formatRange,
  Ipv4Range,
  parseIpv4,
  parseRange,
} from '../../addresses/ipv4';
import {
  isAssignable,
  lowestFreeAddress,
} from '../../addresses/subnetAddresses';
import { errors } from '../../errors';
import type { Project } from '../../project';
import { invalidField } from '../../reference';
import { membersOf, takenAddresses } from './members';
import { Network, storedRange } from './network';

/** Servers and load balancers that a network holds. Source: docs.hetzner.com, Networks FAQ. */
const MAX_MEMBERS = 100;

/** What a request wishes for its place in a network. */
export interface AddressWish {
  ip: string | null;
  ipRange: string | null;
  aliasIps: string[];
}

/** A place without wishes. */
export const anyAddress: AddressWish = {
  ip: null,
  ipRange: null,
  aliasIps: [],
};

/** The subnets that something in a zone can be in, and the one that was asked for. */
function candidateSubnets(
  network: Network,
  zone: string,
  ipRange: string | null,
) {
  const wanted = ipRange === null ? undefined : parseRange(ipRange);
  return network.subnets
    .filter(
      subnet =>
        subnet.zone === zone &&
        (ipRange === null ||
          (wanted && subnet.ipRange === formatRange(wanted))),
    )
    .map(storedRange);
}

/**
 * Checks that addresses can be had in the subnets of a network.
 *
 * @returns every address that is taken, with these
 * @throws ApiError 422 ip_not_available, or invalid_input for what is no address
 */
function requireFree(
  network: Network,
  subnets: readonly Ipv4Range[],
  taken: ReadonlySet<number>,
  wishes: readonly string[],
): Set<number> {
  const all = new Set(taken);
  for (const text of wishes) {
    const address = parseIpv4(text);
    if (address === undefined) {
      throw invalidField('ip', `'${text}' is no IPv4 address`);
    }
    if (
      all.has(address) ||
      !subnets.some(subnet =>
        isAssignable(storedRange(network), subnet, address),
      )
    ) {
      throw errors.ipNotAvailable();
    }
    all.add(address);
  }
  return all;
}

/**
 * Checks that a network has a place as wished for something in a zone.
 *
 * @throws ApiError 422 no_subnet_available or ip_not_available, 403 when the network is full
 */
export function requireAddress(
  project: Project,
  network: Network,
  zone: string,
  wish: AddressWish,
): void {
  if (membersOf(project, network.id).length >= MAX_MEMBERS) {
    throw errors.limitExceeded(
      'network attachment limit exceeded',
      'network_attachment_limit',
    );
  }
  const subnets = candidateSubnets(network, zone, wish.ipRange);
  if (subnets.length === 0) throw errors.noSubnetAvailable();
  const wishes = [...(wish.ip === null ? [] : [wish.ip]), ...wish.aliasIps];
  const present = takenAddresses(project, network.id);
  const taken = requireFree(network, subnets, present, wishes);
  if (
    wish.ip === null &&
    lowestFreeAddress(storedRange(network), subnets, taken) === undefined
  ) {
    throw errors.noSubnetAvailable();
  }
}

/**
 * Checks that a member can have other alias addresses.
 *
 * @param own - those that it has now
 * @throws ApiError 422 ip_not_available
 */
export function requireAliasIps(
  project: Project,
  network: Network,
  own: readonly string[],
  wished: readonly string[],
): void {
  requireFree(
    network,
    network.subnets.map(storedRange),
    takenAddresses(project, network.id),
    wished.filter(text => !own.includes(text)),
  );
}

/**
 * The address that a new member gets: the one that was reserved for it, or the
 * lowest that is free now.
 *
 * @throws ApiError 422 no_subnet_available
 */
export function assignAddress(
  project: Project,
  network: Network,
  zone: string,
  { ip, ipRange }: Pick<AddressWish, 'ip' | 'ipRange'>,
): string {
  if (ip !== null) return ip;
  const address = lowestFreeAddress(
    storedRange(network),
    candidateSubnets(network, zone, ipRange),
    takenAddresses(project, network.id),
  );
  if (address === undefined) throw errors.noSubnetAvailable();
  return formatIpv4(address);
}
