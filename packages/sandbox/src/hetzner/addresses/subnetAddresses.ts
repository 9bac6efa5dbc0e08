import {
  includesAddress,
  includesRange,
  Ipv4Range,
  last,
  overlap,
  size,
} from './ipv4';

/** 172.31.1.1, which every server uses as the gateway of its public interface. */
export const PUBLIC_GATEWAY = 0xac1f0101;

/**
 * True when a member of a subnet may have an address: it lies in the subnet,
 * is neither its network nor its broadcast address, nor the network's gateway
 * (the first address of the network's range), nor the public gateway.
 * Source: Hetzner Cloud API, Networks.
 */
export function isAssignable(
  network: Ipv4Range,
  subnet: Ipv4Range,
  address: number,
): boolean {
  return (
    includesAddress(subnet, address) &&
    address !== subnet.base &&
    address !== last(subnet) &&
    address !== network.base + 1 &&
    address !== PUBLIC_GATEWAY
  );
}

/**
 * The lowest free address of the first subnet that has one; undefined when all
 * are full. In 10.0.0.0/24 of 10.0.0.0/16 it begins at 10.0.0.2, in
 * 10.0.1.0/24 at 10.0.1.1 (terraform-provider-hcloud, acceptance tests).
 */
export function lowestFreeAddress(
  network: Ipv4Range,
  subnets: readonly Ipv4Range[],
  taken: ReadonlySet<number>,
): number | undefined {
  for (const subnet of subnets) {
    for (let address = subnet.base; address <= last(subnet); address += 1) {
      if (isAssignable(network, subnet, address) && !taken.has(address)) {
        return address;
      }
    }
  }
  return undefined;
}

/** Prefix length of a subnet for which no range is asked. */
const DEFAULT_PREFIX = 24;

/** The first range of 256 addresses in a network that no subnet uses. */
export function firstFreeRange(
  network: Ipv4Range,
  used: readonly Ipv4Range[],
): Ipv4Range | undefined {
  const step = size({ base: 0, prefix: DEFAULT_PREFIX });
  for (let base = network.base; base <= last(network); base += step) {
    const candidate = { base, prefix: DEFAULT_PREFIX };
    if (
      includesRange(network, candidate) &&
      !used.some(range => overlap(range, candidate))
    ) {
      return candidate;
    }
  }
  return undefined;
}
