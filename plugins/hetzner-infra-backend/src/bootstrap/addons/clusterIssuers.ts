import type { KubernetesObject } from '../../clouds/kubernetes';
import type { Addon } from './Addon';
import { certManager } from './certManager';
import { KUBE_SYSTEM, clusterWide } from './objects';
import {
  applicationNamespace,
  APPLICATION_NAMESPACE,
} from './applicationNamespace';

const API = 'cert-manager.io/v1';

/** Directories of Let's Encrypt (letsencrypt.org, "ACME v2" and "Staging environment"). */
const ISSUERS = {
  'letsencrypt-prod': 'https://acme-v02.api.letsencrypt.org/directory',
  'letsencrypt-staging':
    'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

const issuer = (
  name: string,
  server: string,
  email: string | undefined,
): KubernetesObject => ({
  apiVersion: API,
  kind: 'ClusterIssuer',
  metadata: { name },
  spec: {
    acme: {
      server,
      ...(email && { email }),
      privateKeySecretRef: { name: `${name}-account` },
      solvers: [{ http01: { ingress: { ingressClassName: 'traefik' } } }],
    },
  },
});

/** Lets Traefik reach the pods that prove a domain; the namespace denies everything else. */
const solverPolicy: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'acme-http01', namespace: APPLICATION_NAMESPACE },
  spec: {
    podSelector: {
      matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' },
    },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          {
            namespaceSelector: {
              matchLabels: { 'kubernetes.io/metadata.name': KUBE_SYSTEM },
            },
            podSelector: {
              matchLabels: { 'app.kubernetes.io/name': 'traefik' },
            },
          },
        ],
        ports: [{ protocol: 'TCP', port: 8089 }],
      },
    ],
  },
};

/** Both directories of Let's Encrypt, by HTTP-01: proof comes over port 80 of the ingress. */
export const clusterIssuers: Addon = {
  name: 'cluster-issuers',
  version: certManager.version,
  needs: [certManager.name, applicationNamespace.name],
  isWanted: () => true,
  objects: ({ acmeEmail }) => [
    ...Object.entries(ISSUERS).map(([name, server]) =>
      issuer(name, server, acmeEmail),
    ),
    solverPolicy,
  ],
  signs: () =>
    Object.keys(ISSUERS).map(name =>
      clusterWide(API, 'ClusterIssuer', name, 'ready'),
    ),
};
