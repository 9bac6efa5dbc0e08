import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  parseEnvironmentDocument,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import { sampleEnvironment } from './__testUtils__/samples';
import { environmentEntities } from './environmentEntities';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const entitiesOf = (environment: Environment, components: string[] = []) =>
  environmentEntities(environment, {
    portalUrl: 'https://portal.example.com',
    system: 'system:default/hetzner-environment',
    components,
  });

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/);
const longName = fc.stringMatching(/^[a-z][-a-z0-9]{28}[a-z0-9]$/);

const anyEnvironment = fc
  .record({
    name: fc.oneof(name, longName),
    pools: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
  })
  .map(({ name: environment, pools }) =>
    sampleEnvironment(environment, {
      spec: {
        pools: pools.map(pool => ({
          name: pool,
          serverType: 'cx43',
          min: 1,
          max: 2,
        })),
      },
    }),
  )
  .filter(
    ({ document }) => 'environment' in parseEnvironmentDocument(document),
  );

describe('environmentEntities', () => {
  it('tells an environment with its parts', () => {
    const [environment, ...parts] = entitiesOf(
      sampleEnvironment('shop', { owner: 'group:default/team-a' }),
      ['component:default/shop-api'],
    );

    expect(environment).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'shop',
        namespace: 'default',
        title: 'shop',
        description: 'Environment on Hetzner Cloud in fsn1',
        annotations: {
          'backstage.io/managed-by-location': 'hetzner-infra:shop',
          'backstage.io/managed-by-origin-location': 'hetzner-infra:shop',
          'xpeditis.com/environment': 'shop',
          'xpeditis.com/environment-id': 'id-of-shop',
        },
        tags: ['hetzner', 'fsn1'],
        links: [
          {
            url: 'https://portal.example.com/hetzner/environments/shop',
            title: 'Environment',
            icon: 'dashboard',
          },
        ],
      },
      spec: {
        type: 'environment',
        owner: 'group:default/team-a',
        system: 'system:default/hetzner-environment',
        dependsOn: [
          'resource:default/shop.network',
          'resource:default/shop.control-plane',
          'resource:default/shop.pool-web',
          'resource:default/shop.load-balancer',
        ],
        dependencyOf: ['component:default/shop-api'],
      },
    });
    expect(
      parts.map(({ metadata, spec }) => [
        metadata.name,
        metadata.title,
        spec.type,
        metadata.description,
        spec.dependsOn,
        spec.owner,
      ]),
    ).toEqual([
      [
        'shop.network',
        'shop network',
        'network',
        'Private network 10.0.0.0/16, nodes in 10.0.1.0/24',
        undefined,
        'group:default/team-a',
      ],
      [
        'shop.control-plane',
        'shop control plane',
        'server-pool',
        '1 server of type cx23',
        ['resource:default/shop.network'],
        'group:default/team-a',
      ],
      [
        'shop.pool-web',
        'shop pool web',
        'server-pool',
        '2 to 8 servers of type cx43',
        [
          'resource:default/shop.network',
          'resource:default/shop.control-plane',
        ],
        'group:default/team-a',
      ],
      [
        'shop.load-balancer',
        'shop load balancer',
        'load-balancer',
        'Load balancer of type lb11',
        ['resource:default/shop.network', 'resource:default/shop.pool-web'],
        'group:default/team-a',
      ],
    ]);
  });

  it('names alternatives of a server type', () => {
    const pool = entitiesOf(
      sampleEnvironment('shop', {
        spec: {
          pools: [
            { name: 'web', serverType: ['cx43', 'cpx41'], min: 0, max: 1 },
          ],
        },
      }),
    ).find(({ metadata }) => metadata.name === 'shop.pool-web');

    expect(pool?.metadata.description).toBe(
      '0 to 1 server of type cx43 or cpx41',
    );
  });

  it.each([
    ['tells the bucket', { hetzner: 'sandbox', objectStorage: 'storage' }, 1],
    ['tells no bucket that has no connection', { hetzner: 'sandbox' }, 0],
  ])('%s', (_what, connections, buckets) => {
    const types = entitiesOf(
      sampleEnvironment('shop', {
        spec: {
          connections,
          data: { objectStorage: { bucket: 'shop-files' } },
        },
      }),
    ).map(({ spec }) => spec.type);

    expect(types.filter(type => type === 'object-storage')).toHaveLength(
      buckets,
    );
  });

  it('tells nothing of an environment that is removed', () => {
    expect(entitiesOf(sampleEnvironment('shop', { state: 'removed' }))).toEqual(
      [],
    );
  });

  it('tells an environment whose document it cannot read without its parts', () => {
    const entities = entitiesOf(
      sampleEnvironment('shop', { document: { kind: 'Environment' } }),
    );

    expect(entities.map(({ metadata }) => metadata.name)).toEqual(['shop']);
    expect(entities[0].spec.dependsOn).toBeUndefined();
  });

  it('gives every environment entities that the catalog takes, under names of their own', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyEnvironment, {
          minLength: 1,
          maxLength: 5,
          selector: environment => environment.name,
        }),
        async environments => {
          const entities = environments.flatMap(each => entitiesOf(each));
          for (const entity of entities) {
            await policy.enforce(entity);
            expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(
              true,
            );
          }
          const refs = entities.map(entity => stringifyEntityRef(entity));
          expect(new Set(refs).size).toBe(refs.length);
          expect(refs).toEqual(
            expect.arrayContaining(
              entities.flatMap(({ spec }) => spec.dependsOn ?? []),
            ),
          );
        },
      ),
    );
  });
});
