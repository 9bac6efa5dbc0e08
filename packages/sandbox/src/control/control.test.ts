import { isLoopback } from './routes';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

const GROUP = { name: 'g', type: 'spread' };
const SERVER = {
  name: 'a',
  server_type: 'cx23',
  image: 'debian-13',
  location: 'fsn1',
};

describe('an address', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.80.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['203.0.113.7', false],
    ['::ffff:10.0.0.1', false],
    ['2001:db8::1', false],
  ])('%s is of this machine: %p', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});

describe('the control API', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterEach(() => sandbox.close());

  const groups = async () =>
    (await sandbox.ok('GET /placement_groups')).placement_groups.length;
  const fault = (effect: unknown, more: object = {}) =>
    sandbox.control('PUT /faults', [
      {
        id: 'f',
        match: { method: 'POST', path: '/placement_groups' },
        effect,
        ...more,
      },
    ]);

  it('changes settings and refuses what is none', async () => {
    const { body: before } = await sandbox.control('GET /settings');
    expect(before).toMatchObject({
      speed: 1000,
      noiseSeed: 1,
      rateLimit: { limit: 3600 },
    });
    const change = { speed: 500, quotas: { placementGroups: 0 } };
    const { body: after } = await sandbox.control('PUT /settings', change);
    expect(after).toEqual({
      ...before,
      speed: 500,
      quotas: { ...before.quotas, placementGroups: 0 },
    });
    const refused = await sandbox.control('PUT /settings', { speed: -1 });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toContain('speed');
    expect((await sandbox.control('GET /settings')).body).toEqual(after);
    expect(await sandbox.refusal('POST /placement_groups', GROUP)).toBe(
      '403 resource_limit_exceeded',
    );
  });

  it('makes a type sold out in a location', async () => {
    await sandbox.control('PUT /settings', {
      unavailable: [{ serverType: 'cx23', location: 'fsn1' }],
    });
    const { status, body } = await sandbox.api('POST /servers', SERVER);
    expect([status, body.error]).toEqual([
      412,
      {
        code: 'resource_unavailable',
        message: 'error during placement',
        details: null,
      },
    ]);
    await sandbox.ok('POST /servers', { ...SERVER, location: 'nbg1' });
  });

  describe('injects', () => {
    it('an error instead of the effect', async () => {
      await fault(
        { status: 502, code: 'bad_gateway', message: 'no' },
        { times: 2 },
      );
      expect(await sandbox.refusal('POST /placement_groups', GROUP)).toBe(
        '502 bad_gateway',
      );
      expect((await sandbox.control('GET /faults')).body).toMatchObject([
        { times: 1 },
      ]);
      expect(await groups()).toBe(0);
      expect(await sandbox.refusal('POST /placement_groups', GROUP)).toBe(
        '502 bad_gateway',
      );
      await sandbox.ok('POST /placement_groups', GROUP);
    });

    it('an error after the effect', async () => {
      await fault({ status: 504, code: 'timeout', message: 'no', after: true });
      expect(await sandbox.refusal('POST /placement_groups', GROUP)).toBe(
        '504 timeout',
      );
      expect(await groups()).toBe(1);
    });

    it('a lost connection before the effect', async () => {
      await fault('drop-before');
      await expect(
        sandbox.api('POST /placement_groups', GROUP),
      ).rejects.toThrow('fetch failed');
      expect(await groups()).toBe(0);
    });

    it('a lost connection after the effect', async () => {
      await fault('drop-after');
      await expect(
        sandbox.api('POST /placement_groups', GROUP),
      ).rejects.toThrow('fetch failed');
      expect(await groups()).toBe(1);
      const { body } = await sandbox.control('GET /record');
      expect(body.requests).toMatchObject([
        { operation: 'create_placement_group', status: null },
        { operation: 'list_placement_groups', status: 200 },
      ]);
    });

    it('an action that fails, and what waits for it with it', async () => {
      await sandbox.control('PUT /faults', [
        {
          id: 'f',
          match: { method: 'POST', path: '^/servers$' },
          effect: {
            actionError: { code: 'unknown_error', message: 'as asked' },
          },
        },
      ]);
      const {
        server,
        action,
        next_actions: next,
      } = await sandbox.ok('POST /servers', SERVER);
      await expect(sandbox.settled({ action })).rejects.toThrow('as asked');
      await expect(sandbox.settled({ action: next[0] })).rejects.toThrow(
        'action_canceled',
      );
      const { server: left } = await sandbox.ok(`GET /servers/${server.id}`);
      expect(left).toMatchObject({ status: 'off', locked: false });
      await sandbox.done(`DELETE /servers/${server.id}`);
    });

    it('nothing when its list is emptied or refused', async () => {
      await fault('drop-before', { times: null });
      expect((await sandbox.control('PUT /faults', [{ id: 'x' }])).status).toBe(
        400,
      );
      expect((await sandbox.control('GET /faults')).body).toHaveLength(1);
      expect((await sandbox.control('DELETE /faults')).status).toBe(204);
      await sandbox.ok('POST /placement_groups', GROUP);
    });
  });

  it('records requests and actions, to be read on from a number', async () => {
    const { action } = await sandbox.done(
      'POST /servers',
      SERVER,
      'one.secret',
    );
    const { body: all } = await sandbox.control('GET /record');
    expect(all.requests[0]).toEqual({
      seq: expect.any(Number),
      project: 'one',
      method: 'POST',
      path: '/servers',
      query: '',
      operation: 'create_server',
      status: 201,
      receivedAt: expect.any(Number),
      answeredAt: expect.any(Number),
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(all.requests[0].answeredAt).toBeGreaterThan(
      all.requests[0].receivedAt,
    );
    const recorded = all.actions.find(
      ({ id }: { id: number }) => id === action.id,
    );
    expect(recorded).toMatchObject({
      command: 'create_server',
      status: 'success',
    });
    expect(recorded.finishedAt).toBeGreaterThan(recorded.startedAt);
    const { body: none } = await sandbox.control(
      `GET /record?since=${all.seq}`,
    );
    expect(none).toEqual({ seq: all.seq, requests: [], actions: [] });
    await sandbox.ok('GET /locations');
    const { body: more } = await sandbox.control(
      `GET /record?since=${all.seq}`,
    );
    expect(more.requests).toMatchObject([{ operation: 'list_locations' }]);
    await sandbox.control('DELETE /record');
    expect((await sandbox.control('GET /record')).body).toMatchObject({
      requests: [],
      actions: [],
    });
  });

  it('empties everything but the settings', async () => {
    await sandbox.ok('POST /servers', SERVER);
    await fault('drop-before');
    expect((await sandbox.control('DELETE /state')).status).toBe(204);
    expect(await groups()).toBe(0);
    expect((await sandbox.ok('GET /servers')).servers).toEqual([]);
    await sandbox.ok('POST /placement_groups', GROUP);
    expect((await sandbox.control('GET /settings')).body.speed).toBe(1000);
  });

  it('shows a page of what exists, with nothing executable in it', async () => {
    const name = '<script>alert(1)</script>';
    await sandbox.ok('POST /networks', { name, ip_range: '10.0.0.0/16' });
    const response = await fetch(sandbox.url);
    const html = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('10.0.0.0/16');
    expect(html).not.toContain(name);
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
  });
});
