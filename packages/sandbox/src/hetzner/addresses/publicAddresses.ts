import { formatIpv4 } from './ipv4';

/** The whole of 127.0.0.0/8 is this machine, so anyone can listen there. */
const LOOPBACK = 127 * 2 ** 24;

/** Public addresses are in 127.80.0.0/16 unless it is told otherwise. */
export const PUBLIC_SECOND_BYTE = 80;

/**
 * A public IPv4 that nobody has: an own loopback address, so that what a
 * server would serve can be served there by this machine. Addresses that end
 * in 0 or 255 are left out.
 *
 * @param taken - addresses in use, of all projects
 * @param secondByte - of the addresses to choose from
 */
export function freePublicIpv4(
  taken: ReadonlySet<string>,
  secondByte = PUBLIC_SECOND_BYTE,
): string {
  for (let address = LOOPBACK + secondByte * 2 ** 16; ; address += 1) {
    const text = formatIpv4(address);
    if (address % 256 !== 0 && address % 256 !== 255 && !taken.has(text)) {
      return text;
    }
  }
}

/** The /64 of a server or load balancer, within the range for documentation (RFC 3849). */
export function publicIpv6(id: number, suffix: string): string {
  const high = Math.floor(id / 65536) % 65536;
  return `2001:db8:${high.toString(16)}:${(id % 65536).toString(
    16,
  )}::${suffix}`;
}

/** The reverse name that the provider gives an IPv4. Source: hcloud-go v2.53, server_test.go. */
export const defaultDnsPtr = (ipv4: string) =>
  `static.${ipv4.split('.').reverse().join('.')}.clients.your-server.de`;
