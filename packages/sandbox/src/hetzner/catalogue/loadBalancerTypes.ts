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
 * Limits: docs.hetzner.com, Load Balancers overview. Prices of lb11 and lb21:
 * hcloud-python v2.27, tests/unit/load_balancer_types/conftest.py (0.0120 and
 * 0.0344 an hour). No public source gives that of lb31; here it is twice that
 * of lb21, as its limits are.
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
  {
    id: 2,
    name: 'lb21',
    description: 'LB21',
    maxConnections: 20_000,
    maxServices: 15,
    maxTargets: 75,
    maxAssignedCertificates: 25,
    monthly: '21.49',
    locations: EU_LOCATIONS,
  },
  {
    id: 3,
    name: 'lb31',
    description: 'LB31',
    maxConnections: 40_000,
    maxServices: 30,
    maxTargets: 150,
    maxAssignedCertificates: 50,
    monthly: '42.98',
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
