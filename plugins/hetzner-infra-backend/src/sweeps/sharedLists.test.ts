import {
  OWNERSHIP_LABELS,
  ownershipSelector,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';
import { sharedLists } from './sharedLists';

const labels = (installation: string, environmentId: string) => ({
  [OWNERSHIP_LABELS.installation]: installation,
  [OWNERSHIP_LABELS.environmentId]: environmentId,
});

describe('sharedLists', () => {
  const asked: unknown[] = [];
  const cloud = {
    async listAll(path: string, filters: object) {
      asked.push([path, filters]);
      return [
        { id: 1, labels: labels('ours', 'a') },
        { id: 2, labels: labels('ours', 'b') },
        { id: 3, labels: labels('ours', 'ab') },
      ];
    },
  } as unknown as HetznerCloud;
  const list = async (shared: HetznerCloud, environmentId: string) =>
    (
      await shared.listAll('/servers', {
        label_selector: ownershipSelector({
          installation: 'ours',
          environmentId,
        }),
      })
    ).map(({ id }) => id);

  beforeEach(() => asked.splice(0));

  it('cuts the lists of all environments out of one', async () => {
    const shared = sharedLists(cloud, 'ours').scoped({
      priority: 'interactive',
    });
    expect(await list(shared, 'a')).toEqual([1]);
    expect(await list(shared, 'b')).toEqual([2]);
    expect(await list(shared, 'c')).toEqual([]);
    expect(asked).toEqual([
      ['/servers', { label_selector: `${OWNERSHIP_LABELS.installation}=ours` }],
    ]);
  });

  it('asks for everything else as it is, once', async () => {
    const shared = sharedLists(cloud, 'ours');
    await shared.listAll('/ssh_keys', {});
    await shared.listAll('/ssh_keys');
    await shared.listAll('/servers', { label_selector: 'app=web' });
    expect(asked).toEqual([
      ['/ssh_keys', {}],
      ['/servers', { label_selector: 'app=web' }],
    ]);
  });

  it('changes nothing', () => {
    const shared = sharedLists(cloud, 'ours');
    expect(() => shared.delete('/servers/{id}', { path: { id: 1 } })).toThrow(
      'A sweep only lists.',
    );
  });
});
