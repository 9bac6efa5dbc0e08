import { createHash } from 'node:crypto';
import type { EnvironmentSecrets } from '../environments/EnvironmentStore';
import type { EnvironmentMaterial } from '../resources/ResourceDriver';
import {
  createCertificateAuthority,
  createServerCertificate,
  type KeyedCertificate,
} from './pki';
import { throwAwayPublicKey } from './sshKey';

/** Where what is made once is kept. */
export type MaterialStore = Pick<EnvironmentSecrets, 'get' | 'putOnce'>;

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

/**
 * Makes the keys and certificates of one environment when they are first asked
 * for, and keeps them: a create that is repeated uploads the same bytes, and
 * replicas that make one at the same time agree on one of them.
 */
export function environmentMaterial(options: {
  environmentId: string;
  /** Name of the environment, as the certificate authority shows it. */
  environment: string;
  store: MaterialStore;
  now: () => Date;
}): EnvironmentMaterial {
  const { environmentId, environment, store, now } = options;

  async function once(
    name: string,
    make: () => Promise<string> | string,
  ): Promise<string> {
    return (
      (await store.get(environmentId, name)) ??
      store.putOnce(environmentId, name, await make())
    );
  }

  const keyedCertificate = async (
    name: string,
    make: () => Promise<KeyedCertificate>,
  ): Promise<KeyedCertificate> =>
    JSON.parse(await once(name, async () => JSON.stringify(await make())));

  const authority = () =>
    keyedCertificate(NAMES.certificateAuthority, () =>
      createCertificateAuthority(`${environment} load balancer CA`, now()),
    );

  return {
    throwAwaySshKey: () =>
      once(NAMES.throwAwaySshKey, () =>
        throwAwayPublicKey(`${environment} throw-away`),
      ),
    certificate: (domains, generation) =>
      keyedCertificate(NAMES.serverCertificate(domains, generation), async () =>
        createServerCertificate(await authority(), domains, now()),
      ),
  };
}
