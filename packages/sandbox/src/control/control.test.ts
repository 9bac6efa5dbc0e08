import { isLoopback } from './localOnly';
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
      template: '/servers',
      operation: 'create_server',
      key: 'POST /servers a',
      number: 1,
      write: 1,
      nth: 1,
      status: 201,
      effectStatus: 201,
      faults: [],
      hold: null,
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
    const of = async (project: string) =>
      (await sandbox.control(`GET /record?project=${project}`)).body;
    expect((await of('test')).requests).toHaveLength(1);
    await sandbox.control('DELETE /record?project=one');
    expect(await of('one')).toMatchObject({ requests: [], actions: [] });
    await sandbox.ok('GET /locations', undefined, 'one');
    expect((await of('one')).requests).toMatchObject([{ number: 1 }]);
    await sandbox.control('DELETE /record');
    expect((await sandbox.control('GET /record')).body).toMatchObject({
      requests: [],
      actions: [],
    });
  });

  it('does not listen to the page of another site', async () => {
    const { status } = await fetch(`${sandbox.url}/control/snapshots`, {
      method: 'POST',
      headers: { origin: 'http://elsewhere.example' },
    });
    expect(status).toBe(403);
  });

  it('gives a project limits of its own', async () => {
    await sandbox.control('PUT /settings', {
      projects: { small: { quotas: { servers: 0 }, rateLimit: { limit: 2 } } },
    });
    const limits = async () =>
      (await sandbox.api('POST /servers', SERVER, 'small')).headers.get(
        'ratelimit-limit',
      );
    expect(await limits()).toBe('2');
    expect(await sandbox.refusal('POST /servers', SERVER, 'small')).toBe(
      '403 resource_limit_exceeded',
    );
    await sandbox.ok('POST /servers', SERVER);
    await sandbox.control('PUT /settings', { projects: { small: null } });
    expect(await limits()).toBe('3600');
  });

  it('deletes one project and begins it anew', async () => {
    await sandbox.ok('POST /servers', SERVER, 'one');
    await sandbox.ok('POST /servers', SERVER, 'two');
    expect((await sandbox.control('DELETE /projects/one')).status).toBe(204);
    const { body: projects } = await sandbox.control('GET /projects');
    expect(projects).toMatchObject([
      { name: 'two', resources: { servers: 1 } },
    ]);
    expect(
      (await sandbox.ok('GET /servers', undefined, 'one')).servers,
    ).toEqual([]);
    const { body: record } = await sandbox.control('GET /record?project=one');
    expect(record).toMatchObject({ requests: [{ number: 1 }], actions: [] });
  });

  it('empties everything but the settings', async () => {
    await sandbox.ok('POST /servers', SERVER);
    await sandbox.control('PUT /faults', [{ id: 'f', effect: 'drop-before' }]);
    await sandbox.control('PUT /fault-plans', [
      { id: 'p', seed: 1, rate: 1, kinds: ['drop-before'] },
    ]);
    await sandbox.control('POST /holds', { when: 'before' });
    await sandbox.control('PUT /capacity', [
      { serverType: '*', location: '*' },
    ]);
    expect((await sandbox.control('DELETE /state')).status).toBe(204);
    expect(await groups()).toBe(0);
    expect((await sandbox.ok('GET /servers')).servers).toEqual([]);
    await sandbox.ok('POST /placement_groups', GROUP);
    expect((await sandbox.control('GET /settings')).body.speed).toBe(1000);
  });
});
