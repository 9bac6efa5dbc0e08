import type { Catalogue } from './schema/openapi/generated/models';
import type { EnvironmentDocument } from './document';
import type { Findings } from './findings';
import { PROVIDER_LIMITS } from './limits';
import { pathOfMostServers } from './mostServers';

/** Whether the load balancer's type exists, is sold there, and takes the servers of full pools. */
export function checkLoadBalancer(
  environment: EnvironmentDocument,
  catalogue: Catalogue,
  findings: Findings,
) {
  const { loadBalancer: wanted, location, pools } = environment.spec;
  const path = 'spec.loadBalancer.type';
  const type = catalogue.loadBalancerTypes.find(
    candidate => candidate.name === wanted.type,
  );
  if (!type) {
    const known = catalogue.loadBalancerTypes.map(({ name }) => name);
    findings.problem(path, 'load-balancer-type-unknown', {
      type: wanted.type,
      known: known.join(', '),
    });
    return;
  }
  if (!type.locations.some(offer => offer.name === location)) {
    findings.problem(path, 'load-balancer-type-not-sold', {
      type: wanted.type,
      location,
    });
  }
  const targets = pools.reduce((sum, pool) => sum + pool.max, 0);
  if (targets > type.maxTargets) {
    const larger = catalogue.loadBalancerTypes.find(
      candidate => candidate.maxTargets >= targets,
    );
    findings.problem(
      pathOfMostServers(pools),
      larger ? 'too-many-targets-for-type' : 'too-many-targets',
      {
        type: wanted.type,
        most: type.maxTargets,
        targets,
        ...(larger && { larger: larger.name, largerMost: larger.maxTargets }),
      },
    );
  }
}

/** Whether a network takes the servers of full pools. */
export function checkSizes(
  environment: EnvironmentDocument,
  findings: Findings,
) {
  const { spec } = environment;
  const servers =
    spec.controlPlane.count +
    spec.pools.reduce((sum, pool) => sum + pool.max, 0);
  // The load balancer is attached too.
  if (servers + 1 > PROVIDER_LIMITS.resourcesPerNetwork) {
    findings.problem(pathOfMostServers(spec.pools), 'network-full', {
      most: PROVIDER_LIMITS.resourcesPerNetwork,
      wanted: servers + 1,
    });
  }
}

/** Whether any worker is always there: without one nothing runs that has to be reached. */
export function checkWorkers(
  { spec }: EnvironmentDocument,
  findings: Findings,
) {
  if (spec.pools.every(({ min }) => min === 0)) {
    findings.warn(
      'no-workers',
      'spec.pools.0.min',
      'No worker is always there: it begins with control plane and load balancer, and nothing answers before the cluster buys a worker for a pod that finds no room. This version installs no cluster, so none is bought.',
    );
  }
}

/** Who can reach the Kubernetes API: everybody and nobody are worth a warning. */
export function checkReachability(
  environment: EnvironmentDocument,
  egressCidrs: string[],
  findings: Findings,
) {
  const open = environment.spec.adminAccess.cidrs.filter(cidr =>
    cidr.endsWith('/0'),
  );
  if (open.length > 0) {
    findings.warn(
      'admin-access-open',
      'spec.adminAccess.cidrs',
      `${open.join(
        ' and ',
      )} lets the whole internet try to reach the Kubernetes API${
        environment.spec.adminAccess.ssh ? ' and SSH' : ''
      }.`,
      {
        cidrs: open.join(', '),
        opens: environment.spec.adminAccess.ssh ? 'api-and-ssh' : 'api',
      },
    );
  }
  if (environment.spec.adminAccess.cidrs.length + egressCidrs.length === 0) {
    findings.warn(
      'admin-access-closed',
      'spec.adminAccess.cidrs',
      'No address may reach the Kubernetes API: name the administrators’ ranges, or the portal’s own in hetznerInfra.egressCidrs.',
    );
  }
}
