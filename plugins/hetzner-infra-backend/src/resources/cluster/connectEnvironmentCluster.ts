import {
  OWNERSHIP_LABELS,
  SERVER_LABELS,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ClusterIdentity } from '../../bootstrap/ClusterIdentity';
import { portalCredential } from '../../bootstrap/portalCredential';
import type { Clock } from '../../clouds/clock';
import type { Server } from '../../clouds/hetzner';
import {
  connectKubernetes,
  type KubernetesConnection,
} from '../../clouds/kubernetes';

/** Port of the API server; no load balancer listens on it. */
const API_PORT = 6443;

const keyOf = ({ labels }: Pick<Server, 'labels'>) =>
  labels[OWNERSHIP_LABELS.key] ?? '';

/**
 * Where the API servers of a cluster are: the public addresses of its control
 * planes, in the order of their keys.
 */
export const controlPlaneUrls = (
  servers: readonly Pick<Server, 'labels' | 'public_net'>[],
): string[] =>
  servers
    .filter(({ labels }) => labels[SERVER_LABELS.role] === 'control-plane')
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }))
    .map(({ public_net: { ipv4 } }) => ipv4?.ip)
    .filter((address): address is string => Boolean(address))
    .map(address => `https://${address}:${API_PORT}`);

/** Opens the cluster of an environment at its control planes; nothing without any. */
export function connectEnvironmentCluster(
  servers: readonly Pick<Server, 'labels' | 'public_net'>[],
  {
    owner,
    identity,
    clock,
  }: {
    owner: Pick<Owner, 'environment'>;
    identity: Pick<ClusterIdentity, 'serverCa' | 'clientCa'>;
    clock: Clock;
  },
): KubernetesConnection | undefined {
  const controlPlanes = controlPlaneUrls(servers);
  if (controlPlanes.length === 0) return undefined;
  return connectKubernetes({
    environment: owner.environment,
    serverCa: identity.serverCa.chain,
    controlPlanes,
    credential: () => portalCredential(identity, new Date(clock.now())),
    clock,
  });
}
