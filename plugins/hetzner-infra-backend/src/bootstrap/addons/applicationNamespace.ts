import type { EnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon } from './Addon';
import { clusterWide, namespace } from './objects';

/** Where the workloads run, in every environment's cluster. */
export const APPLICATION_NAMESPACE = 'xpeditis-prod';

/** Pods beside those of the workloads: jobs, migrations, the pods of a rollout. */
const SPARE_PODS = 50;

/** While a rollout goes on there are old pods and new ones. */
const ROLLOUT = 2;

function mostPods({ spec }: EnvironmentDocument): number {
  const { backend, frontend } = spec.workloads ?? {};
  return ROLLOUT * ((backend?.max ?? 0) + (frontend?.max ?? 0)) + SPARE_PODS;
}

/**
 * The namespace of the workloads: its pods run without privileges, nothing talks
 * to anything that no policy names, and what could run away with money has a
 * limit. Nothing but this add-on writes these three.
 */
export const applicationNamespace: Addon = {
  name: 'application-namespace',
  version: '1',
  needs: [],
  isWanted: () => true,
  objects: ({ environment }) => [
    namespace(APPLICATION_NAMESPACE, 'restricted'),
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'limits', namespace: APPLICATION_NAMESPACE },
      spec: {
        hard: {
          pods: String(mostPods(environment)),
          'services.loadbalancers': '0',
          'services.nodeports': '0',
          persistentvolumeclaims: '20',
          'requests.storage': '500Gi',
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: APPLICATION_NAMESPACE },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
  ],
  signs: () => [
    clusterWide('v1', 'Namespace', APPLICATION_NAMESPACE, 'exists'),
  ],
};
