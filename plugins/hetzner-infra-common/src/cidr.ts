import ipaddr from 'ipaddr.js';

/** A range of IPv4 addresses; `first` and `last` are the addresses as unsigned 32-bit numbers. */
export interface Ipv4Range {
  first: number;
  last: number;
  prefix: number;
}

const toNumber = (address: ipaddr.IPv4) =>
  address.toByteArray().reduce((sum, octet) => sum * 256 + octet, 0);

const toText = (address: number) =>
  [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');

/** Whether the text is a CIDR of either family whose host bits are all zero, as Hetzner's firewalls demand. */
export function isCanonicalCidr(text: string): boolean {
  if (!ipaddr.isValidCIDR(text)) return false;
  const [address] = ipaddr.parseCIDR(text);
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  return (
    address.toNormalizedString() === network.toNormalizedString() &&
    // Rejects short forms such as 10.1/16, which providers do not read.
    (address.kind() === 'ipv6' || text.split('/')[0].split('.').length === 4)
  );
}

/** Reads an IPv4 CIDR without host bits; undefined when the text is none. */
export function ipv4Range(text: string): Ipv4Range | undefined {
  if (!isCanonicalCidr(text) || text.includes(':')) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(text);
  const first = toNumber(address as ipaddr.IPv4);
  return { first, last: first + 2 ** (32 - prefix) - 1, prefix };
}

/** Whether `inner` lies wholly in `outer`. */
export function contains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two ranges share an address. */
export function overlaps(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** How many addresses servers can get: all but network and broadcast address, and but the gateway when the range begins with it. */
export function usableAddresses(range: Ipv4Range): number {
  return Math.max(0, range.last - range.first - 2);
}

/** The n-th usable address from the end: 1 is the one before the broadcast address. */
export function addressFromEnd(range: Ipv4Range, n: number): string {
  return toText(range.last - n);
}
