import { createPrivateKey, randomBytes } from 'node:crypto';
import type { ClusterIdentity, SigningCa } from './ClusterIdentity';
import {
  createRoot,
  createSigningAuthority,
  type KeyedCertificate,
} from './pki';

/** The two ends of all trust in a cluster. Their keys never leave the backend. */
export interface ClusterRoots {
  server: KeyedCertificate;
  client: KeyedCertificate;
}

/** As long as k3s's own example (k3s `contrib/util/generate-custom-ca-certs.sh`). */
const ROOT_YEARS = 20;

const PASSWORD_BYTES = 32;

/**
 * Makes the roots of a cluster. They differ, because the API server trusts all
 * of the bundle that a client's certificate ends in: what one authority signs
 * must not pass for another's.
 */
export async function createClusterRoots(
  environment: string,
  now: Date,
): Promise<ClusterRoots> {
  const root = (use: string) =>
    createRoot(`${environment} ${use} root`, now, {
      years: ROOT_YEARS,
      intermediates: 1,
    });
  return { server: await root('server'), client: await root('client') };
}

async function signingCa(
  root: KeyedCertificate,
  commonName: string,
  now: Date,
): Promise<SigningCa> {
  const { certificate, privateKey } = await createSigningAuthority(
    root,
    commonName,
    now,
  );
  return {
    chain: certificate + root.certificate,
    // Half as long as PKCS #8, and what k3s writes itself.
    privateKey: createPrivateKey(privateKey).export({
      type: 'sec1',
      format: 'pem',
    }) as string,
  };
}

/** No character of it has a meaning in a token, in YAML or in a shell. */
const newPassword = () => randomBytes(PASSWORD_BYTES).toString('hex');

/** Makes the authorities and passwords of a cluster under these roots. */
export async function createClusterIdentity(
  environment: string,
  roots: ClusterRoots,
  now: Date,
): Promise<ClusterIdentity> {
  return {
    serverCa: await signingCa(roots.server, `${environment} server CA`, now),
    clientCa: await signingCa(roots.client, `${environment} client CA`, now),
    serverPassword: newPassword(),
    agentPassword: newPassword(),
  };
}
