import { EU_LOCATIONS } from './locations';

/** What a load balancer can be; the price is net EUR a month. */
export interface LoadBalancerType {
  id: number;
  name: string;
  description: string;
  maxConnections: number;
  maxServices: number;
  maxTargets: number;
  maxAssignedCertificates: number;
  monthly: string;
  locations: readonly string[];
}

/**
 * Limits: docs.hetzner.com, Load Balancers overview. Price of lb11:
 * hetznercloud/cli end-to-end fixtures of 2026 (0.0120 an hour). The larger
 * types are not listed because no source gives their price of today.
 */
export const loadBalancerTypes: readonly LoadBalancerType[] = [
  {
    id: 1,
    name: 'lb11',
    description: 'LB11',
    maxConnections: 10_000,
    maxServices: 5,
    maxTargets: 25,
    maxAssignedCertificates: 10,
    monthly: '7.49',
    locations: EU_LOCATIONS,
  },
];

/** The load balancer type with this id or name. */
export function findLoadBalancerType(
  idOrName: string,
): LoadBalancerType | undefined {
  return loadBalancerTypes.find(
    ({ id, name }) => name === idOrName || String(id) === idOrName,
  );
}

/** The type of a name that was checked when it was stored. */
export function loadBalancerTypeNamed(name: string): LoadBalancerType {
  const type = findLoadBalancerType(name);
  if (!type) throw new Error(`The catalogue has no load balancer type ${name}`);
  return type;
}
