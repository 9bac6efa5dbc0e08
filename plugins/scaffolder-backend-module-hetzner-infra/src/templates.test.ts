import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import request from 'supertest';
import { scaffolderModuleHetznerInfra } from './module';
import { useApiServer } from './__testUtils__/actionHarness';
import { readYaml } from './__testUtils__/repositoryFile';

const templates = {
  create: readYaml('templates/create-environment/template.yaml'),
  change: readYaml('templates/change-environment/template.yaml'),
  remove: readYaml('templates/remove-environment/template.yaml'),
};

type Values = Record<string, unknown>;

/** What the wizard sends when a person changes nothing. */
function defaults(template: any): Values {
  const fields: [string, { default?: unknown }][] =
    template.spec.parameters.flatMap((page: { properties: object }) =>
      Object.entries(page.properties),
    );
  return Object.fromEntries(
    fields
      .filter(([, field]) => field.default !== undefined)
      .map(([name, field]) => [name, field.default]),
  );
}

const createValues: Values = {
  ...defaults(templates.create),
  quote: {
    monthly: '55.58',
    currency: 'EUR',
    quotedAt: '2026-11-23T08:00:00Z',
  },
};
const changed = readYaml('examples/xpeditis-prod.yaml');
const changeValues: Values = {
  ...defaults(templates.change),
  name: 'xpeditis-prod',
  revision: 1,
  owner: 'group:default/platform',
  pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
  controlPlaneServerType: 'cx23',
  controlPlaneCount: 1,
  loadBalancerType: 'lb11',
  stickyCookie: 'XPEDITIS_LB',
  quote: { monthly: '55.58', currency: 'EUR', environment: changed },
};
const removeValues: Values = {
  ...defaults(templates.remove),
  environment: 'shop',
  confirmation: 'shop',
};

const read = (environment: unknown) => {
  const parsed = parseEnvironmentDocument(environment);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.environment;
};

describe('the templates in a real scaffolder', () => {
  const api = useApiServer();
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleHetznerInfra,
        catalogServiceMock.factory({ entities: Object.values(templates) }),
        createServiceFactory({
          service: coreServices.discovery,
          deps: {},
          factory: () => ({
            getBaseUrl: async () => api().baseUrl,
            getExternalBaseUrl: async () => api().baseUrl,
          }),
        }),
      ],
    });
  });

  const dryRun = (template: unknown, values: Values) =>
    request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({ template, values, directoryContents: [] });

  /** Submits a task, waits for its end and answers with its last event. */
  async function runTask(template: string, values: Values) {
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: `template:default/${template}`, values })
      .expect(201);
    const events: { id: number; type: string; body: any }[] = [];
    // The call waits for news by itself.
    while (events.at(-1)?.type !== 'completion') {
      const news = await request(backend.server)
        .get(`/api/scaffolder/v2/tasks/${body.id}/events`)
        .query({ after: events.at(-1)?.id ?? 0 })
        .expect(200);
      events.push(...news.body);
    }
    return { id: body.id as string, end: events.at(-1) };
  }

  it('builds the production environment when nothing is changed', async () => {
    await dryRun(templates.create, createValues).expect(200);

    const [quote] = api().requests('POST', '/quotes');
    const built = read(quote.body.environment);
    const { spec, ...production } = read(
      readYaml('examples/xpeditis-prod.yaml'),
    );
    const { location, network, controlPlane, pools, loadBalancer } = spec;
    expect(built).toEqual({
      ...production,
      spec: {
        location,
        network,
        controlPlane,
        pools,
        loadBalancer,
        connections: { hetzner: 'sandbox' },
        adminAccess: { cidrs: [], ssh: false, sshKeys: [] },
        data: {},
      },
    });
  });

  it('puts every field in its place in the document', async () => {
    const key = `ssh-ed25519 ${'A'.repeat(68)} jane`;
    await dryRun(templates.create, {
      ...createValues,
      name: 'shop',
      owner: 'group:default/shop',
      connection: 'shop-project',
      location: 'nbg1',
      expiresAt: '2030-01-01T18:00:00.000Z',
      protected: true,
      controlPlaneServerType: 'cpx22',
      controlPlaneCount: 3,
      poolServerType: 'ccx23',
      poolMin: 0,
      poolMax: 4,
      loadBalancerType: 'lb21',
      stickyCookie: 'SHOP',
      ipRange: '172.16.0.0/16',
      nodesRange: '172.16.1.0/24',
      adminCidrs: ['203.0.113.7/32', '2001:db8::/32'],
      ssh: true,
      sshKeys: [key],
      edgeZone: 'shop.com',
      edgeApi: 'rates.shop.com',
      postgres: 'neon',
      redis: 'none',
      bucket: 'shop-documents',
      objectStorage: 'shop-storage',
    }).expect(200);

    const [quote] = api().requests('POST', '/quotes');
    expect(quote.body.environment).toEqual({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: {
        name: 'shop',
        owner: 'group:default/shop',
        expiresAt: '2030-01-01T18:00:00.000Z',
        protected: true,
      },
      spec: {
        connections: {
          hetzner: 'shop-project',
          objectStorage: 'shop-storage',
        },
        location: 'nbg1',
        network: { ipRange: '172.16.0.0/16', nodes: '172.16.1.0/24' },
        adminAccess: {
          cidrs: ['203.0.113.7/32', '2001:db8::/32'],
          ssh: true,
          sshKeys: [key],
        },
        controlPlane: { serverType: 'cpx22', count: 3 },
        pools: [{ name: 'web', serverType: 'ccx23', min: 0, max: 4 }],
        loadBalancer: { type: 'lb21', stickyCookie: 'SHOP' },
        edge: { zone: 'shop.com', api: 'rates.shop.com', app: 'app.shop.com' },
        data: {
          postgres: { mode: 'neon' },
          objectStorage: { bucket: 'shop-documents' },
        },
      },
    });
  });

  it.each<[string, unknown]>([
    ['name', 'Shop'],
    ['name', 'shop-'],
    ['name', 'a'.repeat(31)],
    ['name', undefined],
    ['owner', 'user:default/jane'],
    ['controlPlaneCount', 2],
    ['poolMin', -1],
    ['poolMax', 0],
    ['poolMax', 101],
    ['stickyCookie', 'a cookie'],
    ['ipRange', '10.0.0.0'],
    ['nodesRange', 'ten'],
    ['adminCidrs', ['everywhere']],
    ['adminCidrs', ['203.0.113.7']],
    ['sshKeys', ['-----BEGIN OPENSSH PRIVATE KEY-----']],
    ['expiresAt', 'tomorrow'],
    ['edgeZone', 'https://shop.com'],
    ['postgres', 'mysql'],
    ['redis', 'neon'],
    ['bucket', 'Documents'],
    ['quote', undefined],
    ['quote', {}],
  ])('refuses %s: %p before anything is asked for', async (field, value) => {
    const values = { ...createValues, [field]: value };
    await dryRun(templates.create, values).expect(400);
    expect(api().received).toEqual([]);
  });

  it('asks for the change that was quoted, made from its revision', async () => {
    const { id, end } = await runTask('change-environment', changeValues);
    expect(end?.body.error).toBeUndefined();
    const [submission] = api().requests('PUT', '/environments/xpeditis-prod');
    expect(submission.body).toEqual({
      environment: changed,
      revision: 1,
      requestId: `${id}:change:xpeditis-prod`,
      maxMonthly: '55.58',
    });
  });

  it('has nothing of its own that would change an environment', () => {
    expect(defaults(templates.change)).toEqual({});
  });

  it.each<[string, unknown]>([
    ['name', undefined],
    ['revision', undefined],
    ['pools', []],
    ['pools', [{ name: 'web', serverType: 'cx43', min: 2 }]],
    ['controlPlaneCount', 2],
    ['quote', { monthly: '55.58' }],
  ])('refuses to change with %s: %p', async (field, value) => {
    await dryRun(templates.change, { ...changeValues, [field]: value }).expect(
      400,
    );
    expect(api().received).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['environment', undefined],
    ['confirmation', undefined],
    ['data', 'perhaps'],
  ])('refuses to remove with %s: %p', async (field, value) => {
    const values = { ...removeValues, [field]: value };
    await dryRun(templates.remove, values).expect(400);
    expect(api().received).toEqual([]);
  });

  it('creates as a task, and links the environment and the operation', async () => {
    const { id, end } = await runTask('create-environment', createValues);

    expect(end).toMatchObject({
      type: 'completion',
      body: {
        output: {
          links: [
            { url: '/hetzner/environments/xpeditis-prod' },
            { url: '/hetzner/operations/o1' },
          ],
        },
      },
    });
    const [submission] = api().requests('POST', '/environments');
    expect(submission.body).toMatchObject({
      requestId: `${id}:create:xpeditis-prod`,
      maxMonthly: '55.58',
    });
  });

  it('removes as a task', async () => {
    const { id, end } = await runTask('remove-environment', removeValues);

    expect(end).toMatchObject({
      type: 'completion',
      body: {
        output: { links: [{ url: '/hetzner/operations/o1' }, {}] },
      },
    });
    expect(api().received[0]).toMatchObject({
      method: 'DELETE',
      path: `/environments/shop?data=keep&requestId=${id}%3Aremove%3Ashop`,
    });
  });

  it('shows the refusal of a task', async () => {
    const { end } = await runTask('create-environment', {
      ...createValues,
      nodesRange: '192.168.0.0/24',
    });

    expect(end?.body).toMatchObject({
      error: {
        message: expect.stringContaining(
          '- spec.network.nodes: The nodes’ range 192.168.0.0/24 does not lie in the network 10.0.0.0/16.',
        ),
      },
    });
  });
});

describe('the environments in examples', () => {
  it.each(['xpeditis-prod', 'staging', 'preview'])('%s is valid', name => {
    expect(
      parseEnvironmentDocument(readYaml(`examples/${name}.yaml`)),
    ).not.toHaveProperty('problems');
  });
});
