import { formatIpv4, parseRange } from '../../hetzner/addresses/ipv4';
import { K3sConfigError } from './config';

/**
 * The first address of a range: the Service `kubernetes` has it.
 *
 * @throws K3sConfigError when it is no range
 */
export function first(cidr: string): string {
  const range = parseRange(cidr);
  if (!range) throw new K3sConfigError(`service-cidr ${cidr} is no range.`);
  return formatIpv4(range.base + 1);
}
