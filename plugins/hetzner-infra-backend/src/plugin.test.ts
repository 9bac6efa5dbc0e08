import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import {
  migratedDatabase,
  testDatabases,
} from './__testUtils__/migratedDatabase';
import { TestPortal } from './__testUtils__/testPortal';
import {
  startSandbox,
  type SandboxProcess,
} from './__testUtils__/sandboxProcess';

jest.setTimeout(180_000);

const databases = testDatabases();

/** As long as Hetzner's. The sandbox reads the project in front of the point. */
const token = (project: string) =>
  `${project}.${randomBytes(48).toString('base64url')}`;

const tokens = {
  configured: token('sandbox'),
  forClusters: token('sandbox'),
  added: token('shop'),
  refused: token('shop'),
};

const document = (name: string) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'prod' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
  },
});

const connection = (secret: string) => ({
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/platform'],
  secrets: { token: secret },
});

/** Ways in which a call can fail; steps go on trying for long after the first three. */
const failures: unknown[] = [
  'drop-before',
  'drop-after',
  { status: 503, code: 'unavailable', message: 'no' },
  { status: 401, code: 'unauthorized', message: 'no' },
  { status: 403, code: 'forbidden', message: 'no' },
  { status: 422, code: 'invalid_input', message: 'no' },
  { status: 500, code: 'server_error', message: 'no' },
];
const LASTING = 3;

describe.each(databases.eachSupportedId())('secrets on %p', id => {
  let knex: Knex;
  let sandbox: SandboxProcess;
  let portal: TestPortal;
  const answers: unknown[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox();
    knex = await migratedDatabase(databases, id);
    portal = await TestPortal.start({
      sandbox,
      knex,
      config: {
        connections: [
          {
            name: 'prod',
            kind: 'hetzner',
            owner: 'group:default/platform',
            usableBy: ['group:default/platform'],
            token: tokens.configured,
            clusterToken: tokens.forClusters,
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
  });

  const call = async (...args: Parameters<TestPortal['call']>) => {
    const response = await portal.call(...args);
    answers.push(response.body, response.headers);
    return response;
  };

  const fail = (effect?: unknown) =>
    sandbox.control(
      'PUT',
      '/faults',
      effect === undefined
        ? []
        : [{ id: 'all', match: { path: '**' }, times: null, effect }],
    );

  /** Which secrets are in what can be read of the portal, apart from its configuration. */
  const found = async () => {
    const rows: unknown[] = [];
    for (const table of [
      'installation',
      'connections',
      'environments',
      'environment_revisions',
      'environment_secrets',
      'operations',
      'operation_steps',
      'operation_events',
    ]) {
      rows.push(await knex(table));
    }
    const text = JSON.stringify({
      answers,
      rows,
      logs: portal.logs,
      audit: portal.audit,
    });
    expect(text.length).toBeGreaterThan(10_000);
    return Object.entries({ ...tokens, aKey: 'PRIVATE KEY' })
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => name);
  };

  it('reach no answer, row, event, log or audit, when all goes well', async () => {
    await call('ada', 'PUT', '/connections/shop', connection(tokens.added));
    await call('ada', 'POST', '/connections/shop/check');
    await call('ada', 'POST', '/connections/prod/check');
    await call('ada', 'POST', '/quotes', { environment: document('one') });
    const { body } = await call('ada', 'POST', '/environments', {
      environment: document('one'),
    });
    answers.push(await portal.follow('ada', body.operation.id));
    await call('ada', 'GET', '/environments/one/resources');

    const secrets = await knex('environment_secrets').pluck('name');
    expect(secrets).toContain('load-balancer-ca');
    expect(await found()).toEqual([]);
  });

  it.each(
    failures.map((effect, index) => [JSON.stringify(effect), index, effect]),
  )(
    'reach nothing either when every call fails with %s',
    async (_, index, effect) => {
      await fail();
      // A token that was refused before is used again once it is found good.
      await call('ada', 'POST', '/connections/prod/check');
      const { body } = await call('ada', 'POST', '/environments', {
        environment: document(`two-${index}`),
      });
      await fail(effect);
      // Each of these asks the provider, and fails with it.
      for (const [method, path, sent] of [
        ['PUT', '/connections/shop', connection(tokens.refused)],
        ['POST', '/connections/shop/check'],
        ['POST', '/connections/prod/check'],
        ['GET', '/environments/one/resources'],
      ] as const) {
        const response = await call('ada', method, path, sent);
        answers.push(response.text);
      }
      // Until the operation has met it too: a step fails, or its look at what exists does.
      const { events } = await portal.follow('ada', body.operation.id, {
        until: seen =>
          index < LASTING ||
          seen.some(({ data }) => JSON.stringify(data).includes(' failed (')),
      });
      answers.push(events);
      await call('ada', 'POST', `/operations/${body.operation.id}/cancel`);
      await call('ada', 'GET', `/operations/${body.operation.id}`);
      await call('ada', 'GET', '/environments');

      expect(await found()).toEqual([]);
    },
  );
});
