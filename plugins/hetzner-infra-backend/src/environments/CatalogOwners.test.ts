import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { InstantClock } from '../__testUtils__/InstantClock';
import { CatalogOwners } from './CatalogOwners';

const group = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
});

const auth = mockServices.auth();

describe('CatalogOwners', () => {
  it.each([
    ['group:default/platform', true],
    ['group:default/nobody', false],
  ])('knows of %s: %s', async (owner, known) => {
    const clock = new InstantClock();
    const catalog = catalogServiceMock({ entities: [group('platform')] });
    const owners = new CatalogOwners({ catalog, auth, clock });
    expect(await owners.has(owner)).toBe(known);
    expect(clock.waits).toEqual([]);
  });

  it('waits for a catalog that has read nothing yet', async () => {
    const clock = new InstantClock();
    let looks = 0;
    const catalog = Object.assign(catalogServiceMock(), {
      getEntityByRef: async () => {
        looks += 1;
        return looks < 3 ? undefined : group('platform');
      },
    });
    const owners = new CatalogOwners({ catalog, auth, clock });
    expect(await owners.has('group:default/platform')).toBe(true);
    expect(clock.waits).toEqual([0.5, 0.5]);
  });

  it('does not wait for ever', async () => {
    const clock = new InstantClock();
    const catalog = catalogServiceMock();
    const owners = new CatalogOwners({ catalog, auth, clock });
    expect(await owners.has('group:default/platform')).toBe(false);
  });

  it('says that nobody knows when the catalog is away', async () => {
    const catalog = Object.assign(catalogServiceMock(), {
      getEntityByRef: async () => {
        throw new Error('connect ECONNREFUSED 10.1.2.3:7007');
      },
    });
    const clock = new InstantClock();
    const asked = new CatalogOwners({ catalog, auth, clock }).has(
      'group:default/platform',
    );
    await expect(asked).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'The catalog does not answer, so nobody knows whether group:default/platform exists. Nothing was changed. Try again in a minute.',
    });
  });
});
