import { OWNERSHIP_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon } from './Addon';
import { cloudControllerManager } from './cloudControllerManager';
import {
  clusterWide,
  daemonSet,
  deployment,
  helmChart,
  KUBE_SYSTEM,
} from './objects';

const NAME = 'hcloud-csi';
const VERSION = '2.22.1';
const STORAGE_CLASS = 'hcloud-volumes';

/**
 * Volumes for claims, in the default class. Volumes say whose they are, so that
 * a removal finds them, and stay when their claim goes.
 *
 * Version: charts.hetzner.cloud, 2026-08-21.
 */
export const csiDriver: Addon = {
  name: NAME,
  version: VERSION,
  needs: [cloudControllerManager.name],
  isWanted: () => true,
  objects: ({ environment, owner }) => [
    helmChart({
      name: NAME,
      namespace: KUBE_SYSTEM,
      repo: 'https://charts.hetzner.cloud',
      chart: NAME,
      version: VERSION,
      values: {
        controller: {
          hcloudVolumeDefaultLocation: environment.spec.location,
          volumeExtraLabels: {
            [OWNERSHIP_LABELS.installation]: owner.installation,
            [OWNERSHIP_LABELS.environmentId]: owner.environmentId,
            [OWNERSHIP_LABELS.environment]: owner.environment,
          },
        },
        // It asks the metadata service which server it is on, which pods cannot reach.
        node: { hostNetwork: true },
        storageClasses: [
          {
            name: STORAGE_CLASS,
            defaultStorageClass: true,
            reclaimPolicy: 'Retain',
          },
        ],
      },
    }),
  ],
  signs: () => [
    deployment(KUBE_SYSTEM, `${NAME}-controller`),
    daemonSet(KUBE_SYSTEM, `${NAME}-node`),
    clusterWide('storage.k8s.io/v1', 'StorageClass', STORAGE_CLASS, 'exists'),
  ],
};
