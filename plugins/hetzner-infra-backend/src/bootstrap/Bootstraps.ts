import type { Owner } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { clusterIdentity, madeClusterIdentity } from './clusterKeys';
import type { Bootstrap } from './graphUserData';
import type { EnvironmentSecrets } from '../sealing/EnvironmentSecrets';
import type { K3sRelease } from './userData';

/** What the servers of environments boot with. */
export class Bootstraps {
  constructor(
    private readonly options: {
      secrets: EnvironmentSecrets;
      release: K3sRelease;
      now: () => Date;
    },
  ) {}

  /** Makes the cluster's keys when they are first asked for. @throws SealingError */
  async of({
    environmentId,
    environment,
  }: Pick<Owner, 'environmentId' | 'environment'>): Promise<Bootstrap> {
    const { secrets, release, now } = this.options;
    const identity = await clusterIdentity({
      environmentId,
      environment,
      store: secrets,
      now,
    });
    return { identity, release };
  }

  /** Nothing for an environment without a cluster's keys. @throws SealingError */
  async made(environmentId: string): Promise<Bootstrap | undefined> {
    const { secrets, release } = this.options;
    const identity = await madeClusterIdentity({
      environmentId,
      store: secrets,
    });
    return identity && { identity, release };
  }
}
