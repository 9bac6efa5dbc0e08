import type { QuotaLine, Warning } from './schema/openapi/generated/models';
import type { WarningCode } from './codes';
import type { EnvironmentDocument } from './document';
import { PROVIDER_LIMITS } from './limits';
import { pathOfMostServers } from './mostServers';
import type { Change, Plan } from './plan';

/** Countable things that a project has limits for. */
export type QuotaName =
  | 'servers'
  | 'loadBalancers'
  | 'networks'
  | 'primaryIps'
  | 'firewalls'
  | 'placementGroups'
  | 'certificates'
  | 'sshKeys';

/** What a project uses now and may use. Left out is what nobody told the portal. */
export interface Quota {
  used: Partial<Record<QuotaName, number>>;
  limits: Partial<Record<QuotaName, number>>;
}

const QUOTA_KINDS: Readonly<Record<Change['kind'], QuotaName[]>> = {
  network: ['networks'],
  'ssh-key': ['sshKeys'],
  firewall: ['firewalls'],
  'placement-group': ['placementGroups'],
  certificate: ['certificates'],
  server: ['servers', 'primaryIps'],
  'load-balancer': ['loadBalancers'],
  // They count in the project of another connection, and no API tells how many there may be.
  bucket: [],
};

const KNOWN_LIMITS: Quota['limits'] = {
  firewalls: PROVIDER_LIMITS.firewallsPerProject,
  placementGroups: PROVIDER_LIMITS.placementGroupsPerProject,
};

/** What the project will use after the plan, beside what it may. */
export function quotaLines(plan: Plan, quota: Quota): QuotaLine[] {
  const names = [...new Set(Object.values(QUOTA_KINDS).flat())];
  return names.map(name => {
    const count = (type: 'create' | 'remove') =>
      plan.filter(
        ({ change, kind }) =>
          change === type && QUOTA_KINDS[kind].includes(name),
      ).length;
    const used = quota.used[name];
    const limit = quota.limits[name] ?? KNOWN_LIMITS[name];
    return {
      name,
      ...(used === undefined ? {} : { used }),
      after: (used ?? 0) + count('create') - count('remove'),
      ...(limit === undefined ? {} : { limit }),
    };
  });
}

const QUOTA_WORDS: Readonly<Record<QuotaName, string>> = {
  servers: 'servers',
  loadBalancers: 'load balancers',
  networks: 'networks',
  primaryIps: 'public addresses',
  firewalls: 'firewalls',
  placementGroups: 'placement groups',
  certificates: 'certificates',
  sshKeys: 'SSH keys',
};

/** The quotas that servers use up. */
const OF_SERVERS: ReadonlySet<string> = new Set(QUOTA_KINDS.server);

/** The control plane that an environment has at least. */
const LEAST_CONTROL_PLANES = 1;

/**
 * Where in a document what the quota does not allow is put right: at its sizes where fewer servers would do,
 * else at its connection, because another project may have room.
 *
 * @param excess - how many there would be above the limit
 */
function placeOfExcess(
  name: string,
  excess: number,
  { controlPlane, pools }: EnvironmentDocument['spec'],
): string {
  const workers = pools.reduce((total, { min }) => total + min, 0);
  const spare = controlPlane.count - LEAST_CONTROL_PLANES;
  if (!OF_SERVERS.has(name) || excess > workers + spare) {
    return 'spec.connections.hetzner';
  }
  return workers > 0
    ? pathOfMostServers(pools, 'min')
    : 'spec.controlPlane.count';
}

/** What the quota does not allow for a document, and what to do about it. Blocks. */
export function quotaWarnings(
  lines: QuotaLine[],
  { spec }: EnvironmentDocument,
): Warning[] {
  return lines
    .filter(
      ({ used, after, limit }) =>
        limit !== undefined && after > limit && after > (used ?? 0),
    )
    .map(({ name, used, after, limit = 0 }) => ({
      code: 'quota-exceeded' satisfies WarningCode,
      params: {
        quota: name,
        limit: String(limit),
        used: String(used ?? 0),
        after: String(after),
      },
      path: placeOfExcess(name, after - limit, spec),
      message: `The project may have ${limit} ${
        QUOTA_WORDS[name as QuotaName]
      }; it has ${
        used ?? 0
      } and would have ${after}. Remove some, or ask the provider for a higher limit.`,
      blocking: true,
    }));
}
