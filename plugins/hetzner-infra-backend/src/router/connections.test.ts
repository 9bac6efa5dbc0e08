import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(120_000);

const connection = (overrides: object = {}) => ({
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/team-a'],
  limits: { servers: 10 },
  consoleProjectId: '12',
  secrets: {
    token: 'shop.a-token-that-nobody-may-see',
    clusterToken: 'shop.another-token-nobody-may-see',
  },
  ...overrides,
});

describe('connections over HTTP', () => {
  let sandbox: SandboxProcess;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({ sandbox });
  });
  afterEach(() => portal.stop());

  const put = (body: unknown, name = 'shop', who = 'ada') =>
    portal.call(who, 'PUT', `/connections/${name}`, body);

  it('takes secrets in and never gives them out', async () => {
    const response = await put(connection());
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      name: 'shop',
      kind: 'hetzner',
      owner: 'group:default/platform',
      usableBy: ['group:default/team-a'],
      limits: { servers: 10 },
      consoleProjectId: '12',
      origin: 'api',
      version: 1,
      environments: [],
      checkedAt: expect.any(String),
    });
    const answers = await Promise.all([
      portal.call('ada', 'GET', '/connections'),
      portal.call('ada', 'GET', '/connections/shop'),
      portal.call('ada', 'POST', '/connections/shop/check'),
    ]);
    expect(answers[0].body.items.map((c: any) => [c.name, c.origin])).toEqual([
      ['sandbox', 'configuration'],
      ['shop', 'api'],
    ]);
    expect(answers[2].body).toEqual({
      ok: true,
      message: 'Both tokens are valid and may read and write.',
      code: 'tokens-valid',
    });
    const everything = JSON.stringify([
      answers.map(a => a.body),
      portal.audit,
      portal.logs,
    ]);
    expect(everything).not.toContain('nobody-may-see');
    expect(portal.audit[0]).toMatchObject({
      eventId: 'connection-put',
      meta: { connection: 'shop', secrets: ['token', 'clusterToken'] },
      outcome: 'success',
    });
  });

  it('audits which secrets were sent, and no name that may be one', async () => {
    await put(connection({ secrets: { token: 'shop.rw', 'tok-abc': 'x' } }));
    expect(portal.audit[0]).toMatchObject({
      eventId: 'connection-put',
      meta: { connection: 'shop', secrets: ['token'] },
      outcome: 'fail',
    });
    expect(JSON.stringify(portal.audit[0].meta)).not.toContain('tok-abc');
  });

  it('keeps the secrets that are not sent, and changes the rest', async () => {
    await put(connection());
    const { secrets, ...rest } = connection({ usableBy: [], limits: {} });
    const changed = await put(rest);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ usableBy: [], limits: {} });
    expect(
      (await portal.call('ada', 'POST', '/connections/shop/check')).body.ok,
    ).toBe(true);
  });

  it('refuses a change of what somebody else changed meanwhile, before it tries a token', async () => {
    await put(connection({ version: 0 }));
    const { body: seen } = await portal.call('ada', 'GET', '/connections/shop');
    const first = await put(
      connection({ version: seen.version, usableBy: [] }),
    );
    expect([first.status, first.body.version]).toEqual([200, 2]);
    const second = await put(
      connection({
        version: seen.version,
        secrets: { token: 'nobody-knows-it' },
      }),
    );
    expect(second.status).toBe(409);
    expect(second.body.error).toMatchObject({
      code: 'connection-changed',
      params: { name: 'shop' },
      message: expect.stringContaining('Somebody changed the connection shop'),
    });
    const after = await portal.call('ada', 'GET', '/connections/shop');
    expect(after.body).toMatchObject({ version: 2, usableBy: [] });
  });

  it.each<[string, object, string, string]>([
    [
      'a token that may only read',
      { secrets: { token: 'shop.readonly' } },
      'secrets.token',
      'This token may only read.',
    ],
    [
      'a token for the cluster that may only read',
      { secrets: { token: 'shop.rw', clusterToken: 'shop.readonly' } },
      'secrets.clusterToken',
      'This token may only read.',
    ],
    ['no token', { secrets: {} }, 'secrets.token', 'needs a token'],
    [
      'a token with a line break',
      { secrets: { token: 'shop.secret\n' } },
      'secrets.token',
      'line breaks',
    ],
    [
      'an unknown secret',
      { secrets: { token: 'shop.rw', password: 'x' } },
      'secrets',
      'There is no field password here.',
    ],
    ['another kind', { kind: 'neon' }, 'kind', 'hetzner and object-storage'],
    ['an owner that is no reference', { owner: 'platform!' }, 'owner', 'group'],
    [
      'a component as an owner',
      { owner: 'component:default/web' },
      'owner',
      'group or user',
    ],
    [
      'a limit nobody knows',
      { limits: { coffee: 1 } },
      'limits',
      'There is no field coffee here.',
    ],
    [
      'a negative limit',
      { limits: { servers: -1 } },
      'limits.servers',
      'negative',
    ],
    [
      'a project that is no number',
      { consoleProjectId: '../x' },
      'consoleProjectId',
      'number',
    ],
  ])('refuses %s and stores nothing', async (_, overrides, path, message) => {
    const response = await put(connection(overrides));
    expect(response.status).toBe(400);
    expect(response.body.error.fields).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
    expect((await portal.call('ada', 'GET', '/connections/shop')).status).toBe(
      404,
    );
  });

  it('refuses a token that the provider does not know, and keeps the one there is', async () => {
    await put(connection());
    await sandbox.control('PUT', '/faults', [
      {
        id: 'revoked',
        match: { method: 'GET', path: '/servers' },
        times: 1,
        effect: { status: 401, code: 'unauthorized', message: 'no' },
      },
    ]);
    const response = await put(connection({ secrets: { token: 'shop.new' } }));
    expect(response.status).toBe(400);
    expect(response.body.error.fields[0].message).toContain(
      'Hetzner does not know this token.',
    );
    expect(
      (await portal.call('ada', 'POST', '/connections/shop/check')).body.ok,
    ).toBe(true);
  });

  it('tells that a stored token is no longer good', async () => {
    await put(connection());
    await sandbox.control('PUT', '/faults', [
      {
        id: 'revoked',
        match: { path: '/servers' },
        times: null,
        effect: { status: 401, code: 'unauthorized', message: 'no' },
      },
    ]);
    const { status, body } = await portal.call(
      'ada',
      'POST',
      '/connections/shop/check',
    );
    expect(status).toBe(200);
    expect(body.ok).toBe(false);
    expect(body.message).toContain('Hetzner does not know this token.');
    const stored = async () =>
      (await portal.call('ada', 'GET', '/connections/shop')).body;
    expect((await stored()).problem).toBe(body.message);

    await sandbox.control('PUT', '/faults', []);
    await portal.call('ada', 'POST', '/connections/shop/check');
    expect((await stored()).problem).toBeUndefined();
  });

  it('keeps what it knows of a token while the provider does not answer', async () => {
    await put(connection());
    await sandbox.control('PUT', '/faults', [
      {
        id: 'down',
        match: { path: '/servers' },
        times: null,
        effect: { status: 503, code: 'unavailable', message: 'down' },
      },
    ]);
    const { body } = await portal.call(
      'ada',
      'POST',
      '/connections/shop/check',
    );
    expect(body.ok).toBe(false);
    const shown = await portal.call('ada', 'GET', '/connections/shop');
    expect(shown.body.problem).toBeUndefined();
    await sandbox.control('PUT', '/faults', []);
  });

  describe('of the configuration', () => {
    const document = {
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'prod', owner: 'group:default/platform' },
      spec: {
        connections: { hetzner: 'configured' },
        location: 'fsn1',
        pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
      },
    };
    const start = async (tokens: object) => {
      await portal.stop();
      portal = await TestPortal.start({
        sandbox,
        config: {
          connections: [
            {
              name: 'configured',
              kind: 'hetzner',
              owner: 'group:default/platform',
              usableBy: [],
              ...tokens,
            },
          ],
        },
      });
    };
    const shown = async () =>
      (await portal.call('ada', 'GET', '/connections')).body.items[0];
    const quote = () =>
      portal.call('ada', 'POST', '/quotes', { environment: document });

    it('are checked at the start', async () => {
      await start({ token: 'one.rw', clusterToken: 'one.cluster' });
      expect(await shown()).toMatchObject({ checkedAt: expect.any(String) });
      expect(await shown()).not.toHaveProperty('problem');
      expect((await quote()).body.warnings).not.toContainEqual(
        expect.objectContaining({ code: 'connection-refused' }),
      );
    });

    it.each<[string, object, string]>([
      ['token', { token: 'secret1.readonly' }, 'This token may only read.'],
      [
        'token for the cluster',
        { token: 'one.rw', clusterToken: 'secret1.readonly' },
        'The token for the cluster: This token may only read.',
      ],
    ])(
      'block quotes and creates when the %s may only read',
      async (_, tokens, sentence) => {
        await start(tokens);
        expect((await shown()).problem).toContain(sentence);
        const { status, body } = await quote();
        expect(status).toBe(200);
        expect(body.warnings).toContainEqual({
          code: 'connection-refused',
          params: {
            connection: 'configured',
            problem: expect.stringContaining(sentence),
          },
          path: 'spec.connections.hetzner',
          message: expect.stringMatching(
            /^The connection configured cannot be used\. .*Make one in the console/,
          ),
          blocking: true,
        });
        const create = await portal.call('ada', 'POST', '/environments', {
          environment: document,
        });
        expect(create.status).toBe(409);
        expect(create.body.error.message).toContain(sentence);
        expect(portal.logs.join()).toContain(
          'The connection configured was checked and cannot be used.',
        );
        expect(portal.logs.join()).not.toContain('secret1');
      },
    );

    it.each([
      ['empty', { token: '' }],
      ['absent', {}],
    ])('say what to do when the token is %s', async (_, tokens) => {
      await start(tokens);
      expect((await shown()).problem).toContain(
        'The connection configured has no token. Make one in the console',
      );
      const { status, body } = await quote();
      expect(status).toBe(409);
      expect(body.error.fields).toEqual([
        expect.objectContaining({
          path: 'spec.connections.hetzner',
          code: 'connection-refused',
          message: expect.stringContaining('hetznerInfra.connections'),
        }),
      ]);
    });

    it('say what to do when the provider does not know the token', async () => {
      const fault = {
        id: 'revoked',
        match: { method: 'GET' },
        times: null,
        effect: { status: 401, code: 'unauthorized', message: 'no' },
      };
      await sandbox.control('PUT', '/faults', [fault]);
      await start({ token: 'secret1.rw' });
      const { status, body } = await quote();
      await sandbox.control('PUT', '/faults', []);
      expect(status).toBe(409);
      expect(body.error.message).toContain('Hetzner does not know this token.');
    });
  });

  it('is read-only where the configuration decides', async () => {
    const changed = await put(connection(), 'sandbox');
    expect(changed.status).toBe(409);
    expect(changed.body.error.message).toContain('hetznerInfra.connections');
    const deleted = await portal.call('ada', 'DELETE', '/connections/sandbox');
    expect(deleted.status).toBe(409);
  });

  it('stays while an environment uses it, with a token of the same project', async () => {
    await put(connection());
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: {
        apiVersion: 'infra.xpeditis.com/v1alpha1',
        kind: 'Environment',
        metadata: { name: 'prod', owner: 'group:default/team-a' },
        spec: {
          connections: { hetzner: 'shop' },
          location: 'fsn1',
          pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
        },
      },
    });
    const deleted = await portal.call('ada', 'DELETE', '/connections/shop');
    expect(deleted.status).toBe(409);
    expect(deleted.body.error.message).toContain('is used by prod');
    const { body: shown } = await portal.call(
      'ada',
      'GET',
      '/connections/shop',
    );
    expect(shown.environments).toEqual(['prod']);
    // Who may read connections is shown no environment of others.
    const [one, all] = await Promise.all([
      portal.call('di', 'GET', '/connections/shop'),
      portal.call('di', 'GET', '/connections'),
    ]);
    expect(one.body).toMatchObject({ name: 'shop', environments: [] });
    expect(
      all.body.items.map(({ name, environments }: any) => [name, environments]),
    ).toEqual([
      ['sandbox', []],
      ['shop', []],
    ]);
    await portal.follow('ada', body.operation.id);

    const other = await put(connection({ secrets: { token: 'elsewhere.rw' } }));
    expect(other.status).toBe(400);
    expect(other.body.error.fields[0].message).toContain(
      'This token is of another project: it does not see prod.',
    );
    const renewed = await put(
      connection({ secrets: { token: 'shop.renewed' } }),
    );
    expect(renewed.status).toBe(200);

    const removal = await portal.call('ada', 'DELETE', '/environments/prod');
    await portal.follow('ada', removal.body.operation.id);
    const gone = await portal.call('ada', 'DELETE', '/connections/shop');
    expect(gone.status).toBe(204);
    expect(
      (await portal.call('ada', 'DELETE', '/connections/shop')).status,
    ).toBe(404);
  });

  it('shows others what they may choose from, and nothing more', async () => {
    await put(connection());
    await put(connection({ usableBy: ['group:default/team-b'] }), 'theirs');
    const { body } = await portal.call('bo', 'GET', '/connections');
    expect(body.items.map((c: any) => c.name)).toEqual(['sandbox', 'shop']);
    expect((await portal.call('bo', 'GET', '/connections/shop')).status).toBe(
      403,
    );
    expect((await put(connection(), 'mine', 'bo')).status).toBe(403);
    expect(portal.audit.at(-1)).toMatchObject({
      eventId: 'connection-put',
      outcome: 'fail',
    });
  });

  it('tells what a project can order, from memory the second time', async () => {
    const requests = async () =>
      ((await sandbox.control('GET', '/record?since=0')) as any).requests
        .length;
    const { status, body } = await portal.call(
      'bo',
      'GET',
      '/catalogue?connection=sandbox',
    );
    expect(status).toBe(200);
    expect(body.currency).toBe('EUR');
    expect(body.locations.map((l: any) => l.name)).toContain('fsn1');
    const before = await requests();
    expect(
      (await portal.call('bo', 'GET', '/catalogue?connection=sandbox')).body,
    ).toEqual(body);
    expect(await requests()).toBe(before);
    expect(
      (await portal.call('bo', 'GET', '/catalogue?connection=none')).status,
    ).toBe(404);
  });
});
