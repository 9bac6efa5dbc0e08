import {
  CLUSTER_RANGES,
  resourceName,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon } from './Addon';
import { deployment, helmChart, KUBE_SYSTEM, secret } from './objects';

const NAME = 'hcloud-cloud-controller-manager';
const VERSION = '1.35.0';

/** The Secret that all components of the provider read (its charts' default). */
export const HCLOUD_SECRET = 'hcloud';

/**
 * Gives nodes their addresses and provider ids; until then they take no pods. It
 * knows the network, and leaves routes to flannel. The load balancer of the
 * environment is not its own.
 *
 * Version: charts.hetzner.cloud, 2026-08-19, for Kubernetes 1.33 to 1.36.
 */
export const cloudControllerManager: Addon = {
  name: NAME,
  version: VERSION,
  needs: [],
  isWanted: () => true,
  objects: ({ environment, hetznerToken }) => [
    secret(
      { name: HCLOUD_SECRET, namespace: KUBE_SYSTEM },
      {
        token: hetznerToken,
        network: resourceName(
          environment.metadata.name,
          'network',
          'network',
          1,
        ),
      },
    ),
    helmChart({
      name: NAME,
      namespace: KUBE_SYSTEM,
      repo: 'https://charts.hetzner.cloud',
      chart: NAME,
      version: VERSION,
      // Other charts wait for nodes that it has to initialise first.
      bootstrap: true,
      values: {
        networking: { enabled: true, clusterCIDR: CLUSTER_RANGES.pods },
        env: {
          HCLOUD_NETWORK_ROUTES_ENABLED: { value: 'false' },
          HCLOUD_LOAD_BALANCERS_LOCATION: { value: environment.spec.location },
          HCLOUD_LOAD_BALANCERS_USE_PRIVATE_IP: { value: 'true' },
        },
      },
    }),
  ],
  signs: () => [deployment(KUBE_SYSTEM, NAME)],
};
