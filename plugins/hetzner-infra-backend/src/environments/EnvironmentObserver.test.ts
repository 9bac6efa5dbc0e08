import { mockServices } from '@backstage/backend-test-utils';
import type { ResourceNode } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';
import { noBuckets } from '../resources';
import { EnvironmentObserver } from './EnvironmentObserver';

const sshKey = (publicKey: string | null) =>
  ({
    key: 'ssh-key-1',
    kind: 'ssh-key',
    dependsOn: [],
    desired: { publicKey },
  } as unknown as ResourceNode);

const cloud = { scoped: () => cloud } as unknown as HetznerCloud;

describe('EnvironmentObserver', () => {
  let now: number;
  let looks: number;
  let observer: EnvironmentObserver;

  beforeEach(() => {
    now = 1_000_000;
    looks = 0;
    observer = new EnvironmentObserver({
      installation: 'abc',
      cloud: async () => cloud,
      buckets: () => noBuckets,
      observe: async () => {
        looks += 1;
        return [];
      },
      now: () => new Date(now),
      logger: mockServices.logger.mock(),
    });
  });

  const look = (
    wanted: ResourceNode[],
    { id = 'one', state = 'succeeded' as const } = {},
  ) =>
    observer.look(
      { id, name: id, connection: 'sandbox' },
      { id: 'o', state },
      wanted,
    );

  it('shares a look among those who want the same keys, also when others come between', async () => {
    await look([sshKey('ssh-ed25519 A')]);
    await look([sshKey('ssh-ed25519 B')]);
    expect(looks).toBe(2);
    await look([sshKey('ssh-ed25519 A')]);
    await look([sshKey('ssh-ed25519 B')]);
    expect(looks).toBe(2);
    await look([]);
    expect(looks).toBe(3);
  });

  it('forgets a look after some seconds', async () => {
    await look([]);
    now += 14_000;
    await look([]);
    expect(looks).toBe(1);
    now += 2_000;
    await look([]);
    expect(looks).toBe(2);
  });

  it('remembers a bounded number of environments', async () => {
    await look([], { id: 'first' });
    for (let n = 0; n < 500; n += 1) {
      await look([], { id: `e${n}` });
    }
    expect(looks).toBe(501);
    await look([], { id: 'e499' });
    expect(looks).toBe(501);
    await look([], { id: 'first' });
    expect(looks).toBe(502);
  });
});
