import type { QuotaName } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError } from '../clouds/CloudError';
import { interactive, type HetznerCloud } from '../clouds/hetzner';

/** What of each countable thing a project has. Left out is what the provider does not tell. */
export type Usage = Partial<Record<QuotaName, number>>;

const collections = {
  servers: '/servers',
  loadBalancers: '/load_balancers',
  networks: '/networks',
  primaryIps: '/primary_ips',
  firewalls: '/firewalls',
  placementGroups: '/placement_groups',
  certificates: '/certificates',
  sshKeys: '/ssh_keys',
} as const;

const NOT_OFFERED = [404, 405, 410, 501];

/**
 * Counts what a project has, whoever made it: the quota is the project's. One
 * small page of each collection tells the total (Hetzner Cloud API, Pagination).
 *
 * @throws CloudError
 */
export async function readHetznerUsage(cloud: HetznerCloud): Promise<Usage> {
  const api = interactive(cloud);
  const counts = await Promise.all(
    Object.entries(collections).map(async ([name, path]) => {
      try {
        const { meta } = await api.get(path, { query: { per_page: 1 } });
        return [name, meta.pagination.total_entries ?? undefined] as const;
      } catch (error) {
        if (
          error instanceof CloudError &&
          NOT_OFFERED.includes(error.status ?? 0)
        ) {
          return [name, undefined] as const;
        }
        throw error;
      }
    }),
  );
  return Object.fromEntries(
    counts.filter(([, count]) => count !== undefined),
  ) as Usage;
}
