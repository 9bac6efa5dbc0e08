import {
  OWNERSHIP_LABELS,
  resourceName,
  SERVER_IMAGE,
  SERVER_LABELS,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon, AddonContext } from './Addon';
import { autoscalerGroups } from './autoscalerGroups';
import {
  cloudControllerManager,
  HCLOUD_SECRET,
} from './cloudControllerManager';
import { deployment, helmChart, KUBE_SYSTEM, secret } from './objects';

const NAME = 'cluster-autoscaler';
const VERSION = '9.59.0';

/** Of the cluster's own minor: no other is tested together (kubernetes/autoscaler, "Releases"). */
const IMAGE = 'v1.36.1';

const CONFIG_SECRET = 'cluster-autoscaler-groups';
const CONFIG_FOLDER = '/etc/cluster-autoscaler';
const CONFIG_FILE = 'groups.json';

/** What its servers are created with (kubernetes/autoscaler, `cloudprovider/hetzner`, README). */
function groupsFile(context: AddonContext): string {
  const { environment, owner, workerUserData } = context;
  return JSON.stringify({
    imagesForArch: { amd64: SERVER_IMAGE, arm64: SERVER_IMAGE },
    defaultSubnetIPRange: environment.spec.network.nodes,
    nodeConfigs: Object.fromEntries(
      autoscalerGroups(environment, owner).map(group => [
        group.name,
        {
          cloudInit: workerUserData(group.pool),
          // What a node will have; its user data gives it.
          labels: { [SERVER_LABELS.pool]: group.pool },
          serverLabels: {
            [OWNERSHIP_LABELS.installation]: owner.installation,
            [OWNERSHIP_LABELS.environmentId]: owner.environmentId,
            [OWNERSHIP_LABELS.environment]: owner.environment,
            [SERVER_LABELS.role]: 'worker',
            // By this the load balancer finds them.
            [SERVER_LABELS.pool]: group.pool,
          },
          placementGroup: group.placementGroupName,
        },
      ]),
    ),
  });
}

/**
 * Buys workers above a pool's minimum for pods that fit nowhere, and gives them
 * back after ten minutes in which less than half of a worker was asked for. It
 * runs on a control plane, so that it never stands in its own way.
 *
 * Versions: chart kubernetes/autoscaler 2026-07-21, image 2026-07-23.
 */
export const clusterAutoscaler: Addon = {
  name: NAME,
  version: VERSION,
  needs: [cloudControllerManager.name],
  isWanted: ({ spec }) => spec.pools.some(({ min, max }) => max > min),
  objects: context => {
    const { environment, owner, serverTypes, sshKey } = context;
    const { name } = environment.metadata;
    return [
      // A file, because all user data together may be longer than a variable can.
      secret(
        { name: CONFIG_SECRET, namespace: KUBE_SYSTEM },
        { [CONFIG_FILE]: groupsFile(context) },
      ),
      helmChart({
        name: NAME,
        namespace: KUBE_SYSTEM,
        repo: 'https://kubernetes.github.io/autoscaler',
        chart: NAME,
        version: VERSION,
        values: {
          fullnameOverride: NAME,
          image: { tag: IMAGE },
          cloudProvider: 'hetzner',
          autoscalingGroups: autoscalerGroups(environment, owner).map(
            group => ({
              name: group.name,
              minSize: 0,
              maxSize: group.max,
              instanceType: serverTypes[group.pool],
              region: environment.spec.location,
            }),
          ),
          extraArgs: {
            'scale-down-utilization-threshold': '0.5',
            'scale-down-unneeded-time': '10m',
            'scale-down-delay-after-add': '10m',
            'max-node-provision-time': '10m',
            // Else CoreDNS or a pod with a scratch folder would keep a worker for ever.
            'skip-nodes-with-system-pods': 'false',
            'skip-nodes-with-local-storage': 'false',
          },
          extraEnv: {
            HCLOUD_NETWORK: resourceName(name, 'network', 'network', 1),
            HCLOUD_FIREWALL: resourceName(
              name,
              'firewall',
              'firewall-workers',
              1,
            ),
            HCLOUD_SSH_KEY: sshKey,
            HCLOUD_CLUSTER_CONFIG_FILE: `${CONFIG_FOLDER}/${CONFIG_FILE}`,
          },
          extraEnvSecrets: {
            HCLOUD_TOKEN: { name: HCLOUD_SECRET, key: 'token' },
          },
          extraVolumeSecrets: {
            [CONFIG_SECRET]: { mountPath: CONFIG_FOLDER },
          },
          nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
          tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
        },
      }),
    ];
  },
  signs: () => [deployment(KUBE_SYSTEM, NAME)],
};
