// What x509 finds its algorithms by; it says so itself if this is missing.
import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import { PemConverter } from '@peculiar/x509';
import type { ClusterIdentity, SigningCa } from './ClusterIdentity';
import { createClientCertificate, type KeyedCertificate } from './pki';

/** Nothing takes a certificate back, so it lives no longer than the work of an hour. */
const LIFE_SECONDS = 3600;

/**
 * As whom the portal acts in a cluster. The group is the one of k3s's own
 * administrator: what the portal installs needs rights of every kind.
 */
const PORTAL = { user: 'xpeditis-portal', groups: ['system:masters'] };

/** What a CA of a cluster signs with: its own certificate, without the root's. */
export function authorityOf({
  chain,
  privateKey,
}: SigningCa): KeyedCertificate {
  return {
    certificate: PemConverter.encode(
      PemConverter.decodeFirst(chain),
      PemConverter.CertificateTag,
    ),
    privateKey: createPrivateKey(privateKey).export({
      type: 'pkcs8',
      format: 'pem',
    }) as string,
  };
}

/**
 * Makes the certificate by which the portal is known in a cluster, valid for an
 * hour from `now`. It is to be renewed after half of it, so that no call meets
 * its end.
 */
export async function portalCredential(
  { clientCa }: Pick<ClusterIdentity, 'clientCa'>,
  now: Date,
): Promise<KeyedCertificate & { renewAt: Date }> {
  return {
    ...(await createClientCertificate(authorityOf(clientCa), PORTAL, {
      now,
      seconds: LIFE_SECONDS,
    })),
    renewAt: new Date(now.getTime() + (LIFE_SECONDS / 2) * 1000),
  };
}
