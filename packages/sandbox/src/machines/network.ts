import { formatIpv4, parseIpv4 } from '../hetzner/addresses/ipv4';
import type { Project } from '../hetzner/project';
import { publicIpv4Of } from '../hetzner/resources/primaryIps/primaryIp';
import type { Server } from '../hetzner/resources/servers/server';

/** The upper half of a block of addresses is for servers without a public IPv4. */
const UPPER_HALF = 2 ** 15;

/** True while a server has power. */
export const isOn = ({ status }: Pick<Server, 'status'>) =>
  status === 'running' || status === 'stopping' || status === 'deleting';

/**
 * The loopback address at which a server's machine listens: its public IPv4, or
 * one of its own.
 *
 * @param secondByte - of the sandbox's addresses
 */
export const localAddress = (
  project: Project,
  server: Server,
  secondByte: number,
): string =>
  publicIpv4Of(project, server) ??
  formatIpv4(
    parseIpv4(`127.${secondByte}.0.0`)! + UPPER_HALF + (server.id % UPPER_HALF),
  );

/**
 * Where a machine listens that has an address, as another one sees it: a public
 * address is the same for all, a private one counts in the networks that both
 * are in.
 *
 * @param projects - all of the sandbox
 * @param project - of the server that asks
 * @param secondByte - of the sandbox's addresses
 * @returns nothing when no server that is on has the address
 */
export function route(
  projects: readonly Project[],
  project: Project,
  from: Server,
  address: string,
  secondByte: number,
): string | undefined {
  for (const candidate of project.servers.values()) {
    if (!isOn(candidate)) continue;
    const isPrivate = candidate.privateNets.some(
      ({ network, ip }) =>
        ip === address && from.privateNets.some(own => own.network === network),
    );
    if (isPrivate) return localAddress(project, candidate, secondByte);
  }
  for (const other of projects) {
    for (const candidate of other.servers.values()) {
      if (isOn(candidate) && publicIpv4Of(other, candidate) === address) {
        return address;
      }
    }
  }
  return undefined;
}
