import { mockServices } from '@backstage/backend-test-utils';
import type { ResourceEntity } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { sampleEnvironment } from './__testUtils__/samples';
import { EnvironmentEntityProvider } from './EnvironmentEntityProvider';
import { environmentEntities } from './environmentEntities';

const entitiesOf = (...names: string[]): ResourceEntity[] =>
  names.flatMap(name =>
    environmentEntities(sampleEnvironment(name), {
      portalUrl: 'https://portal.example.com',
      components: [],
    }),
  );

describe('EnvironmentEntityProvider', () => {
  const reader = { all: jest.fn(), named: jest.fn() };
  const catalog = { entitiesOf: jest.fn() };
  const logger = mockServices.logger.mock();
  let mutations: EntityProviderMutation[];
  let refresh: () => Promise<void>;
  let tell: (payload: unknown) => Promise<void>;
  let provider: EnvironmentEntityProvider;

  beforeEach(async () => {
    mutations = [];
    reader.all.mockReset().mockResolvedValue([]);
    reader.named.mockReset().mockResolvedValue([]);
    catalog.entitiesOf.mockReset().mockResolvedValue([]);
    logger.warn.mockReset();
    provider = new EnvironmentEntityProvider({
      reader,
      catalog,
      logger,
      taskRunner: {
        async run({ fn }) {
          refresh = async () => fn(new AbortController().signal);
        },
      },
      events: {
        async publish() {},
        async subscribe({ onEvent }) {
          tell = payload =>
            onEvent({
              topic: 'hetzner-infra.environment',
              eventPayload: payload,
            });
        },
      },
    });
    await provider.connect({
      async applyMutation(mutation) {
        mutations.push(mutation);
      },
      async refresh() {},
    });
  });
  afterEach(() => provider.stop());

  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  const namesIn = (mutation: EntityProviderMutation) =>
    mutation.type === 'full'
      ? mutation.entities.map(({ entity }) => entity.metadata.name)
      : mutation.added.map(({ entity }) => entity.metadata.name);

  const removedBy = (mutation: EntityProviderMutation) =>
    mutation.type === 'delta' &&
    mutation.removed.map(each => 'entityRef' in each && each.entityRef);

  it('replaces all entities with what it read', async () => {
    reader.all.mockResolvedValue(entitiesOf('one', 'two'));

    await refresh();

    expect(mutations).toEqual([
      {
        type: 'full',
        entities: entitiesOf('one', 'two').map(entity => ({
          entity,
          locationKey: 'hetzner-infra',
        })),
      },
    ]);
  });

  it('changes nothing when a refresh fails', async () => {
    reader.all.mockRejectedValue(new Error('away'));

    await expect(refresh()).rejects.toThrow('away');

    expect(mutations).toEqual([]);
  });

  it('applies again what became different while it was applied', async () => {
    reader.all
      .mockResolvedValueOnce(entitiesOf('one'))
      .mockResolvedValue(entitiesOf('one', 'two'));

    await refresh();

    expect(mutations.map(namesIn)).toEqual([
      entitiesOf('one').map(({ metadata }) => metadata.name),
      entitiesOf('one', 'two').map(({ metadata }) => metadata.name),
    ]);
  });

  it('gives up on what never holds still', async () => {
    let reading = 0;
    reader.all.mockImplementation(async () => {
      reading += 1;
      return entitiesOf(`one-${reading}`);
    });

    await refresh();

    expect(mutations.length).toBeLessThan(10);
  });

  it('adds the environment that an event tells of', async () => {
    reader.named.mockResolvedValue(entitiesOf('shop'));

    await tell({ name: 'shop', state: 'creating' });
    await until(() => mutations.length > 0);

    expect(reader.named).toHaveBeenCalledWith('shop');
    expect(namesIn(mutations[0])).toContain('shop.pool-web');
    expect(removedBy(mutations[0])).toEqual([]);
  });

  it('removes all that the catalog has of an environment that is gone', async () => {
    catalog.entitiesOf.mockResolvedValue([
      'resource:default/shop',
      'resource:default/shop.network',
    ]);

    await tell({ name: 'shop', state: 'removed' });
    await until(() => mutations.length > 0);

    expect(mutations).toEqual([
      {
        type: 'delta',
        added: [],
        removed: [
          { entityRef: 'resource:default/shop', locationKey: 'hetzner-infra' },
          {
            entityRef: 'resource:default/shop.network',
            locationKey: 'hetzner-infra',
          },
        ],
      },
    ]);
  });

  it('removes what it gave the catalog a moment ago, which the catalog does not show yet', async () => {
    reader.all.mockResolvedValue(entitiesOf('shop'));
    await refresh();

    await tell({ name: 'shop', state: 'removed' });
    await until(() => mutations.length > 1);

    expect(removedBy(mutations[1])).toEqual([
      'resource:default/shop',
      'resource:default/shop.network',
      'resource:default/shop.control-plane',
      'resource:default/shop.pool-web',
      'resource:default/shop.load-balancer',
    ]);
  });

  it('believes the API and not an old event', async () => {
    reader.named.mockResolvedValue(entitiesOf('shop'));

    await tell({ name: 'shop', state: 'removed' });
    await until(() => mutations.length > 0);

    expect(namesIn(mutations[0])).toContain('shop');
    expect(removedBy(mutations[0])).toEqual([]);
  });

  it('does not let the publisher wait', async () => {
    let answer = (_: ResourceEntity[]) => {};
    reader.named.mockReturnValue(
      new Promise<ResourceEntity[]>(resolve => {
        answer = resolve;
      }),
    );

    await tell({ name: 'shop' });

    expect(mutations).toEqual([]);
    answer(entitiesOf('shop'));
    await until(() => mutations.length > 0);
  });

  it('handles an event after the refresh that it came into', async () => {
    let answer = (_: ResourceEntity[]) => {};
    reader.all
      .mockReturnValueOnce(
        new Promise<ResourceEntity[]>(resolve => {
          answer = resolve;
        }),
      )
      .mockResolvedValue(entitiesOf('old'));
    reader.named.mockResolvedValue(entitiesOf('shop'));
    const refreshed = refresh();
    await tell({ name: 'shop' });
    answer(entitiesOf('old'));
    await refreshed;
    await until(() => mutations.length > 1);

    expect(mutations.map(({ type }) => type)).toEqual(['full', 'delta']);
  });

  it('tries again when an environment could not be read, and deletes nothing', async () => {
    reader.named
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue(entitiesOf('shop'));

    await tell({ name: 'shop' });
    await until(() => mutations.length > 0);

    expect(namesIn(mutations[0])).toContain('shop');
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it.each([[undefined], ['shop'], [{}], [{ name: 7 }]])(
    'says so of an event that names no environment: %p',
    async payload => {
      await tell(payload);

      expect(reader.named).not.toHaveBeenCalled();
      expect(logger.warn).toHaveBeenCalledTimes(1);
    },
  );
});
