import ipaddr from 'ipaddr.js';

/**
 * True for an IPv4 that somebody could have on the public internet, and for
 * those of documentation (RFC 5737).
 */
export const canBePublic = (ip: string) =>
  ['unicast', 'reserved'].includes(ipaddr.IPv4.parse(ip).range());

/** What is wrong with a firewall's CIDR; undefined when nothing is. */
export function cidrProblem(text: string): string | undefined {
  if (!ipaddr.isValidCIDR(text)) return `'${text}' is no CIDR`;
  const [address, prefix] = ipaddr.parseCIDR(text);
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  // Refused since 10 December 2025 (docs.hetzner.cloud, changelog of 2025-11-12).
  if (network.toString() !== address.toString()) {
    return `'${text}' has host bits set, use ${network}/${prefix}`;
  }
  return undefined;
}
