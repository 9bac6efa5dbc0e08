import ipaddr from 'ipaddr.js';

/** An IPv4 range: its first address as a number, and its prefix length. */
export interface Ipv4Range {
  base: number;
  prefix: number;
}

/** The number of an IPv4 address in dotted form; undefined for anything else. */
export function parseIpv4(text: string): number | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  return ipaddr.IPv4.parse(text).octets.reduce(
    (number, octet) => number * 256 + octet,
    0,
  );
}

/** An address in dotted form. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0]
    .map(shift => Math.floor(address / 2 ** shift) % 256)
    .join('.');
}

/** How many addresses a range has. */
export const size = ({ prefix }: Ipv4Range) => 2 ** (32 - prefix);

/**
 * Reads `a.b.c.d/n`. Bits behind the prefix are dropped, as the API does:
 * 10.0.2.0/16 becomes 10.0.0.0/16. Undefined for anything else.
 */
export function parseRange(text: string): Ipv4Range | undefined {
  const [address, length, ...rest] = text.split('/');
  const number = parseIpv4(address);
  if (number === undefined || !/^\d{1,2}$/.test(length ?? '') || rest.length) {
    return undefined;
  }
  const prefix = Number(length);
  if (prefix > 32) return undefined;
  return { base: number - (number % size({ base: 0, prefix })), prefix };
}

/** A range as `a.b.c.d/n`. */
export const formatRange = ({ base, prefix }: Ipv4Range) =>
  `${formatIpv4(base)}/${prefix}`;

/** The last address of a range. */
export const last = (range: Ipv4Range) => range.base + size(range) - 1;

/** True when an address is in a range. */
export const includesAddress = (range: Ipv4Range, address: number) =>
  address >= range.base && address <= last(range);

/** True when `inner` lies wholly in `outer`. */
export const includesRange = (outer: Ipv4Range, inner: Ipv4Range) =>
  inner.base >= outer.base && last(inner) <= last(outer);

/** True when two ranges share an address. */
export const overlap = (left: Ipv4Range, right: Ipv4Range) =>
  left.base <= last(right) && right.base <= last(left);

/** The private ranges of RFC 1918. */
const PRIVATE: Ipv4Range[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
].map(text => parseRange(text)!);

/** True when a range is private as of RFC 1918. */
export const isPrivate = (range: Ipv4Range) =>
  PRIVATE.some(block => includesRange(block, range));
