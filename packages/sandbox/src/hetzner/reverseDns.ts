import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { defaultDnsPtr } from './addresses/publicAddresses';
import { invalidField } from './reference';

/** Reverse names that were set, by address. */
export const storedReverseDns = z.record(z.string(), z.string());

/** An address or a /64 whose reverse names can be set. */
export interface PublicAddress {
  type: 'ipv4' | 'ipv6';
  /** `127.80.0.1`, or `2001:db8:0:1::/64`. */
  ip: string;
  reverseDns: Record<string, string>;
}

/**
 * Body of `change_dns_ptr`. Leaving the name out is deprecated since 8 July
 * 2026 (docs.hetzner.cloud, changelog) and still means null.
 */
export const reverseDnsBody = z.object({
  ip: z.string(),
  dns_ptr: z.string().min(1).nullish(),
});

/** A reverse name as the API answers it. */
export const reverseDnsAnswer = z.array(
  z.object({ ip: z.string(), dns_ptr: z.string() }),
);

/** The text under which an address is kept, however it was written. */
const canonical = (ip: string) => ipaddr.parse(ip).toString();

function includes({ type, ip: own }: PublicAddress, ip: string): boolean {
  if (type === 'ipv4') return ip === own;
  return (
    ipaddr.IPv6.isValid(ip) &&
    ipaddr.IPv6.parse(ip).match(ipaddr.IPv6.parseCIDR(own))
  );
}

/**
 * The address among several to which the one in a request belongs.
 *
 * @throws ApiError 422 when it belongs to none
 */
export function addressWith<Address extends PublicAddress>(
  addresses: readonly Address[],
  ip: string,
): Address {
  const address = addresses.find(candidate => includes(candidate, ip));
  if (!address) throw invalidField('ip', `'${ip}' does not belong here`);
  return address;
}

/** Sets a reverse name, or takes it back with null. */
export function setReverseDns(
  address: PublicAddress,
  ip: string,
  name: string | null,
): void {
  const { [canonical(ip)]: _, ...others } = address.reverseDns;
  address.reverseDns =
    name === null ? others : { ...others, [canonical(ip)]: name };
}

/** The reverse name of an IPv4, which always has one. */
export const ipv4DnsPtr = ({ ip, reverseDns }: PublicAddress) =>
  reverseDns[ip] ?? defaultDnsPtr(ip);

/** Every reverse name of an address or a /64. */
export function reverseDnsView(
  address: PublicAddress,
): z.infer<typeof reverseDnsAnswer> {
  if (address.type === 'ipv4') {
    return [{ ip: address.ip, dns_ptr: ipv4DnsPtr(address) }];
  }
  return Object.entries(address.reverseDns).map(([ip, name]) => ({
    ip,
    dns_ptr: name,
  }));
}
