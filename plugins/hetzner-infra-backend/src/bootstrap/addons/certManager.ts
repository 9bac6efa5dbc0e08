import type { Addon } from './Addon';
import { cloudControllerManager } from './cloudControllerManager';
import { clusterWide, deployment, helmChart, namespace } from './objects';

const NAME = 'cert-manager';
const VERSION = 'v1.21.1';

/**
 * Certificates from Let's Encrypt. Its definitions stay when it goes, and with
 * them the certificates.
 *
 * Version: charts.jetstack.io, 2026-07-29.
 */
export const certManager: Addon = {
  name: NAME,
  version: VERSION,
  needs: [cloudControllerManager.name],
  isWanted: () => true,
  objects: () => [
    namespace(NAME, 'restricted'),
    helmChart({
      name: NAME,
      namespace: NAME,
      repo: 'https://charts.jetstack.io',
      chart: NAME,
      version: VERSION,
      values: { crds: { enabled: true, keep: true } },
    }),
  ],
  signs: () => [
    deployment(NAME, NAME),
    deployment(NAME, `${NAME}-cainjector`),
    // Without it issuers are refused.
    deployment(NAME, `${NAME}-webhook`),
    clusterWide(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'clusterissuers.cert-manager.io',
      'exists',
    ),
  ],
};
