import type { QuotaName } from '../settings';
import { errors } from './errors';
import type { CallContext } from './operation';

/** What the API calls a limit, in its message and in `details.limits`. */
const names: Record<QuotaName, { words: string; limit: string }> = {
  servers: { words: 'server', limit: 'server_limit' },
  primaryIps: { words: 'Primary IP', limit: 'primary_ip_limit' },
  networks: { words: 'network', limit: 'network_limit' },
  loadBalancers: { words: 'load balancer', limit: 'load_balancer_limit' },
  firewalls: { words: 'firewall', limit: 'firewall_limit' },
  placementGroups: { words: 'placement group', limit: 'placement_group_limit' },
  certificates: { words: 'certificate', limit: 'certificate_limit' },
  volumes: { words: 'volume', limit: 'volume_limit' },
  sshKeys: { words: 'SSH key', limit: 'ssh_key_limit' },
  floatingIps: { words: 'Floating IP', limit: 'floating_ip_limit' },
  snapshots: { words: 'snapshot', limit: 'snapshot_limit' },
};

/**
 * Refuses to go beyond what the project may hold.
 *
 * @param used - how many there are now
 * @param more - how many are to be created
 * @throws ApiError 403 resource_limit_exceeded
 */
export function requireQuota(
  { cloud, project }: Pick<CallContext, 'cloud' | 'project'>,
  quota: QuotaName,
  used: number,
  more = 1,
): void {
  if (more > 0 && used + more > cloud.settingsOf(project).quotas[quota]) {
    const { words, limit } = names[quota];
    throw errors.limitExceeded(`${words} limit exceeded`, limit);
  }
}
