import { createPrivateKey } from 'node:crypto';
import type { ClusterIdentity } from './ClusterIdentity';
import {
  createClusterIdentity,
  createClusterRoots,
} from './createClusterIdentity';
import { keptOnceAsJson, type MaterialOf } from './keptOnce';
import {
  createClientCertificate,
  type ClientSubject,
  type KeyedCertificate,
} from './pki';

/** What the secrets of a cluster are called. */
const NAMES = { roots: 'cluster-roots', identity: 'cluster-identity' };

/**
 * The keys and passwords of an environment's cluster, made once and kept sealed
 * until the environment is removed.
 */
export const clusterIdentity = (of: MaterialOf): Promise<ClusterIdentity> =>
  keptOnceAsJson(of, NAMES.identity, async () => {
    const now = of.now();
    const roots = await keptOnceAsJson(of, NAMES.roots, () =>
      createClusterRoots(of.environment, now),
    );
    return createClusterIdentity(of.environment, roots, now);
  });

/** The same, where they were made already. */
export async function madeClusterIdentity({
  environmentId,
  store,
}: Pick<MaterialOf, 'environmentId' | 'store'>): Promise<
  ClusterIdentity | undefined
> {
  const kept = await store.get(environmentId, NAMES.identity);
  return kept && JSON.parse(kept);
}

/** Whom the portal is in its clusters. Nothing there could give it rights before it has them. */
const PORTAL: ClientSubject = {
  user: 'xpeditis:portal',
  groups: ['system:masters'],
};

/** Long enough for the slowest step, short enough that a stolen one is soon of no use. */
const PORTAL_SECONDS = 3600;

/**
 * Makes a certificate with which the portal itself speaks to the cluster: for
 * everything, for an hour. It is not kept; whoever needs another one makes it.
 */
export const portalCertificate = (
  identity: Pick<ClusterIdentity, 'clientCa'>,
  now: Date,
): Promise<KeyedCertificate> =>
  clientCertificate(identity, PORTAL, { now, seconds: PORTAL_SECONDS });

/** Makes a certificate for somebody else. What it lets them do is for RBAC to say. */
export function clientCertificate(
  { clientCa }: Pick<ClusterIdentity, 'clientCa'>,
  subject: ClientSubject,
  validity: { now: Date; seconds: number },
): Promise<KeyedCertificate> {
  return createClientCertificate(
    {
      certificate: clientCa.chain,
      privateKey: createPrivateKey(clientCa.privateKey).export({
        type: 'pkcs8',
        format: 'pem',
      }) as string,
    },
    subject,
    validity,
  );
}
