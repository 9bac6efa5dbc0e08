import type { QuotaLine, Warning } from './schema/openapi/generated/models';
import { PROVIDER_LIMITS } from './limits';
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

/** What the quota does not allow, and what to do about it. Blocks. */
export function quotaWarnings(lines: QuotaLine[]): Warning[] {
  return lines
    .filter(
      ({ used, after, limit }) =>
        limit !== undefined && after > limit && after > (used ?? 0),
    )
    .map(({ name, used, after, limit }) => ({
      code: 'quota-exceeded',
      params: {
        quota: name,
        limit: String(limit),
        used: String(used ?? 0),
        after: String(after),
      },
      // The quota is the project's, and another one may have room.
      path: 'spec.connections.hetzner',
      message: `The project may have ${limit} ${
        QUOTA_WORDS[name as QuotaName]
      }; it has ${
        used ?? 0
      } and would have ${after}. Remove some, or ask the provider for a higher limit.`,
      blocking: true,
    }));
}
