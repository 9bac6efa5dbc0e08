import { X509Certificate } from 'node:crypto';
import type { ClusterIdentity } from './ClusterIdentity';

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** SHA-256 of the root that the CA bundle of the server ends in: 64 lower-case hex digits. */
export function rootHash(chain: string): string {
  const certificates = chain.match(CERTIFICATE) ?? [];
  const root = certificates.at(-1);
  if (!root) throw new Error('A CA chain has no certificate.');
  return new X509Certificate(root).fingerprint256
    .replaceAll(':', '')
    .toLowerCase();
}

/**
 * The secure form of k3s's tokens (K3s documentation, `k3s token`): whoever joins
 * checks that the server's CA bundle has this root before it tells the password.
 * The hash of a bundle with a chain is that of its root (k3s
 * `pkg/clientaccess/token.go`).
 */
const secureToken = (
  { serverCa }: ClusterIdentity,
  user: 'server' | 'node',
  password: string,
) => `K10${rootHash(serverCa.chain)}::${user}:${password}`;

/** Joins control planes. */
export const serverToken = (cluster: ClusterIdentity): string =>
  secureToken(cluster, 'server', cluster.serverPassword);

/** Joins workers, and nothing else. */
export const agentToken = (cluster: ClusterIdentity): string =>
  secureToken(cluster, 'node', cluster.agentPassword);
