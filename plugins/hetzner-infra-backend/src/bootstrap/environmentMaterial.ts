import { createHash } from 'node:crypto';
import { keptOnce, keptOnceAsJson, type MaterialOf } from './keptOnce';
import {
  createCertificateAuthority,
  createServerCertificate,
  type KeyedCertificate,
} from './pki';
import { throwAwayPublicKey } from './sshKey';

/**
 * What cannot be drawn in a graph because it is made once and kept sealed:
 * keys and certificates of one environment.
 */
export interface EnvironmentMaterial {
  /** OpenSSH public key whose private half was dropped when it was made. */
  throwAwaySshKey(): Promise<string>;
  /** A leaf of the environment's own CA for these DNS names; the same one for the same generation. */
  certificate(domains: string[], generation: number): Promise<KeyedCertificate>;
  /**
   * What the first boot of the server with this key reads; the same bytes for
   * each of its tries.
   */
  userData(serverKey: string): Promise<string>;
}

/** What the secrets of an environment are called. */
const NAMES = {
  certificateAuthority: 'load-balancer-ca',
  throwAwaySshKey: 'throw-away-ssh-key',
  /** Other domains are another certificate: a document may change before its first one was used. */
  serverCertificate: (domains: readonly string[], generation: number) => {
    const digest = createHash('sha256')
      .update([...domains].sort().join(' '))
      .digest('hex');
    return `load-balancer-certificate-${generation}-${digest.slice(0, 12)}`;
  },
};

/** What of an environment's material does not depend on its document. */
export type LastingMaterial = Omit<EnvironmentMaterial, 'userData'>;

/**
 * Makes the keys and certificates of one environment when they are first asked
 * for, and keeps them: a create that is repeated uploads the same bytes, and
 * replicas that make one at the same time agree on one of them.
 */
export function environmentMaterial(of: MaterialOf): LastingMaterial {
  const { environment, now } = of;

  const authority = () =>
    keptOnceAsJson<KeyedCertificate>(of, NAMES.certificateAuthority, () =>
      createCertificateAuthority(`${environment} load balancer CA`, now()),
    );

  return {
    throwAwaySshKey: () =>
      keptOnce(of, NAMES.throwAwaySshKey, () =>
        throwAwayPublicKey(`${environment} throw-away`),
      ),
    certificate: (domains, generation) =>
      keptOnceAsJson(
        of,
        NAMES.serverCertificate(domains, generation),
        async () => createServerCertificate(await authority(), domains, now()),
      ),
  };
}
