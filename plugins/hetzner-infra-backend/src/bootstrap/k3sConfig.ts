import {
  CLUSTER_RANGES,
  SERVER_LABELS,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ClusterIdentity } from './ClusterIdentity';
import { agentToken, serverToken } from './joinToken';

/** A configuration file of k3s: its flags without the dashes. */
export type K3sConfig = Record<string, string | number | boolean | string[]>;

/** Name of the Secret in kube-system that says where snapshots go. */
export const SNAPSHOT_SECRET = 'k3s-etcd-s3';

/** Where k3s finds the audit policy. */
export const AUDIT_POLICY_PATH = '/etc/rancher/k3s/audit-policy.yaml';

const API_PORT = 6443;

/** Address at which a server joins. */
const joinAddress = (controlPlane: string) =>
  `https://${controlPlane}:${API_PORT}`;

/** The provider's cloud controller gives nodes their addresses and ids. */
const EXTERNAL_CLOUD_PROVIDER = 'cloud-provider=external';

/**
 * What the kubelet keeps from pods. On a control plane k3s itself runs the API
 * server and etcd, outside of any pod.
 */
const RESERVED = {
  controlPlane: [
    'kube-reserved=cpu=250m,memory=1Gi,ephemeral-storage=1Gi',
    'system-reserved=cpu=100m,memory=256Mi',
  ],
  worker: [
    'kube-reserved=cpu=100m,memory=400Mi,ephemeral-storage=1Gi',
    'system-reserved=cpu=100m,memory=256Mi',
  ],
};

/**
 * What all control planes must have in common: k3s refuses one that joins with
 * other values (K3s documentation, `k3s server`, critical configuration values).
 */
function commonToControlPlanes(cluster: ClusterIdentity): K3sConfig {
  return {
    token: serverToken(cluster),
    'agent-token': cluster.agentPassword,
    'cluster-cidr': CLUSTER_RANGES.pods,
    'service-cidr': CLUSTER_RANGES.services,
    'flannel-backend': 'vxlan',
    'disable-cloud-controller': true,
    disable: ['servicelb', 'local-storage'],
    'secrets-encryption': true,
    'secrets-encryption-provider': 'secretbox',
    'write-kubeconfig-mode': '0600',
    'protect-kernel-defaults': true,
    'kubelet-arg': [EXTERNAL_CLOUD_PROVIDER, ...RESERVED.controlPlane],
    'node-taint': ['CriticalAddonsOnly=true:NoExecute'],
    'kube-apiserver-arg': [
      'audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log',
      `audit-policy-file=${AUDIT_POLICY_PATH}`,
      'audit-log-maxage=7',
      'audit-log-maxbackup=4',
      'audit-log-maxsize=100',
    ],
    'etcd-snapshot-schedule-cron': '0 */6 * * *',
    'etcd-snapshot-retention': 12,
    // Snapshots stay on the server until the Secret is there.
    'etcd-s3': true,
    'etcd-s3-config-secret': SNAPSHOT_SECRET,
  };
}

/** Settings of a control plane with this private address. Without `join` it begins the cluster. */
export function controlPlaneConfig(
  cluster: ClusterIdentity,
  { address, join }: { address: string; join?: string },
): K3sConfig {
  return {
    ...(join ? { server: joinAddress(join) } : { 'cluster-init': true }),
    'node-ip': address,
    'advertise-address': address,
    ...commonToControlPlanes(cluster),
  };
}

/** Settings of a worker; its address is found when it boots. */
export function workerConfig(
  cluster: ClusterIdentity,
  { join, pool }: { join: string; pool: string },
): K3sConfig {
  return {
    server: joinAddress(join),
    token: agentToken(cluster),
    'protect-kernel-defaults': true,
    'kubelet-arg': [EXTERNAL_CLOUD_PROVIDER, ...RESERVED.worker],
    'node-label': [`${SERVER_LABELS.pool}=${pool}`],
  };
}
