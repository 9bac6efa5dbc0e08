import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import express from 'express';
import { sampleEnvironment } from './__testUtils__/samples';
import { catalogModuleHetznerInfra } from './module';

jest.setTimeout(60_000);

/** Two environments on a page, so that a few take several. */
const PAGE_SIZE = 2;

describe('catalog module', () => {
  let environments: Environment[];
  /** Page of the list that the API fails to answer. */
  let failingPage: number | undefined;
  let failures: number;
  let events: EventsService;
  let catalog: CatalogService;
  let scheduler: SchedulerService;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const credentials = mockCredentials.service('plugin:test');

  /** The list of hetzner-infra's API, and its events. */
  const hetznerInfra = createBackendPlugin({
    pluginId: 'hetzner-infra',
    register: env =>
      env.registerInit({
        deps: {
          catalog: catalogServiceRef,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init(services) {
          events = services.events;
          catalog = services.catalog;
          const router = express.Router();
          router.get('/environments', async (request, response, next) => {
            await services.httpAuth.credentials(request, {
              allow: ['service'],
            });
            const { search = '', cursor = '0' } = request.query as Record<
              string,
              string
            >;
            const start = Number(cursor);
            if (start / PAGE_SIZE === failingPage) {
              failures += 1;
              next(new ServiceUnavailableError('The database is away.'));
              return;
            }
            const found = environments.filter(({ name }) =>
              name.includes(search),
            );
            const end = start + PAGE_SIZE;
            response.json({
              items: found.slice(start, end),
              totalItems: found.length,
              ...(end < found.length && { nextCursor: String(end) }),
            });
          });
          router.use(mockErrorHandler());
          services.httpRouter.use(router);
        },
      }),
  });

  /** A component of a team that runs in two environments, from another provider. */
  const component: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'shop-api',
      annotations: {
        'backstage.io/managed-by-location': 'url:https://example.com/shop',
        'backstage.io/managed-by-origin-location':
          'url:https://example.com/shop',
        'xpeditis.com/environment': 'shop, shop-staging',
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/team-a',
    },
  };
  const components = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'components',
    register: env =>
      env.registerInit({
        deps: {
          processing: catalogProcessingExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ processing, ...services }) {
          scheduler = services.scheduler;
          processing.addEntityProvider({
            getProviderName: () => 'components',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: [{ entity: component, locationKey: 'components' }],
              }),
          });
        },
      }),
  });

  beforeEach(async () => {
    environments = [];
    failingPage = undefined;
    failures = 0;
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleHetznerInfra,
        components,
        hetznerInfra,
        // The mock keeps the events of a plugin to itself.
        eventsServiceFactory,
        mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.example.com/' },
            backend: {
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            events: { useEventBus: 'never' },
            catalog: {
              processingInterval: { seconds: 5 },
              providers: {
                hetznerInfra: { system: 'system:default/hetzner-environment' },
              },
            },
          },
        }),
      ],
    });
    await untilCatalog(refs => refs.includes('component:default/shop-api'));
  });
  afterEach(() => backend.stop());

  const read = async () =>
    (await catalog.getEntities({}, { credentials })).items;

  const refOf = ({ kind, metadata }: Entity) =>
    `${kind.toLowerCase()}:${metadata.namespace}/${metadata.name}`;

  /** Waits until the catalog shows what is expected; the test's own time limit ends it. */
  async function untilCatalog(
    isExpected: (refs: string[], entities: Entity[]) => boolean,
  ): Promise<Entity[]> {
    for (;;) {
      const entities = await read();
      if (isExpected(entities.map(refOf), entities)) {
        return entities;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  const changed = (name: string) =>
    events.publish({
      topic: 'hetzner-infra.environment',
      eventPayload: { name },
    });

  const refresh = () => scheduler.triggerTask('hetzner-infra:refresh');

  const relationsOf = (entities: Entity[], ref: string) =>
    entities
      .find(entity => refOf(entity) === ref)
      ?.relations?.map(({ type, targetRef }) => `${type} ${targetRef}`)
      .sort();

  it('shows an environment with its relations as soon as it is there', async () => {
    environments = [sampleEnvironment('shop')];
    await changed('shop');

    const entities = await untilCatalog(
      (refs, all) =>
        refs.includes('resource:default/shop.load-balancer') &&
        relationsOf(all, 'component:default/shop-api')!.length > 1,
    );

    expect(relationsOf(entities, 'resource:default/shop')).toEqual([
      'dependencyOf component:default/shop-api',
      'dependsOn resource:default/shop.control-plane',
      'dependsOn resource:default/shop.load-balancer',
      'dependsOn resource:default/shop.network',
      'dependsOn resource:default/shop.pool-web',
      'ownedBy group:default/platform',
      'partOf system:default/hetzner-environment',
    ]);
    expect(relationsOf(entities, 'component:default/shop-api')).toEqual([
      'dependsOn resource:default/shop',
      'ownedBy group:default/team-a',
    ]);
  });

  it('follows a change, a removal and the next environment of the same name', async () => {
    environments = [sampleEnvironment('shop')];
    await changed('shop');
    await untilCatalog(refs => refs.includes('resource:default/shop.pool-web'));

    environments = [
      sampleEnvironment('shop', {
        spec: {
          pools: [{ name: 'jobs', serverType: 'cx33', min: 1, max: 1 }],
        },
      }),
    ];
    await changed('shop');
    await untilCatalog(
      refs =>
        refs.includes('resource:default/shop.pool-jobs') &&
        !refs.includes('resource:default/shop.pool-web'),
    );

    environments = [];
    await changed('shop');
    await untilCatalog(refs => !refs.some(ref => ref.startsWith('resource:')));

    environments = [sampleEnvironment('shop', { id: 'another' })];
    await changed('shop');
    const entities = await untilCatalog(refs =>
      refs.includes('resource:default/shop'),
    );
    expect(
      entities.find(entity => refOf(entity) === 'resource:default/shop')
        ?.metadata.annotations,
    ).toMatchObject({ 'xpeditis.com/environment-id': 'another' });
  });

  it('finds in a full refresh what no event told, over all pages', async () => {
    environments = ['a', 'b', 'c', 'd', 'e'].map(name =>
      sampleEnvironment(name),
    );
    await refresh();
    await untilCatalog(refs =>
      'abcde'
        .split('')
        .every(name => refs.includes(`resource:default/${name}`)),
    );

    environments = [sampleEnvironment('e')];
    await refresh();
    const left = await untilCatalog(
      refs => refs.filter(ref => ref.endsWith('.network')).length === 1,
    );
    expect(left.map(refOf)).toContain('resource:default/e');
  });

  it.each([0, 1, 2])(
    'deletes nothing when page %p of a refresh fails',
    async page => {
      environments = ['a', 'b', 'c', 'd', 'e'].map(name =>
        sampleEnvironment(name),
      );
      await refresh();
      const before = (
        await untilCatalog(refs => refs.includes('resource:default/e.network'))
      ).map(refOf);

      failingPage = page;
      await refresh();
      expect(failures).toBe(1);

      // The next change comes through, so what the refresh did is seen by now.
      failingPage = undefined;
      environments.push(sampleEnvironment('f'));
      await changed('f');
      const after = (
        await untilCatalog(refs => refs.includes('resource:default/f.network'))
      ).map(refOf);
      expect(after).toEqual(expect.arrayContaining(before));
    },
  );

  it('deletes nothing when an environment cannot be looked up', async () => {
    environments = [sampleEnvironment('shop')];
    await changed('shop');
    await untilCatalog(refs => refs.includes('resource:default/shop'));

    failingPage = 0;
    await changed('shop');
    while (failures === 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    failingPage = undefined;
    environments.push(sampleEnvironment('other'));
    await changed('other');

    const entities = await untilCatalog(refs =>
      refs.includes('resource:default/other'),
    );
    expect(entities.map(refOf)).toContain('resource:default/shop');
  });
});
