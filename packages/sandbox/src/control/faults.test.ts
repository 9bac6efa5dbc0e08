import { FaultKind, faultKinds } from '../hetzner/faults/kinds';
import {
  Answer,
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
const BALANCER = {
  name: 'b',
  load_balancer_type: 'lb11',
  location: 'fsn1',
};

describe('faults over HTTP', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterEach(() => sandbox.close());

  const put = async (...faults: object[]) => {
    const { status, body } = await sandbox.control(
      'PUT /faults',
      faults.map((fault, index) => ({ id: `f${index}`, ...fault })),
    );
    if (status !== 200) throw new Error(body.error);
  };
  const groups = async () =>
    (await sandbox.ok('GET /placement_groups')).placement_groups.length;
  const createGroup = () => sandbox.api('POST /placement_groups', GROUP);
  const clock = (body: object) => sandbox.control('POST /clock', body);
  const lastRequest = async () =>
    (await sandbox.control('GET /record')).body.requests.at(-1);

  // The cases are the bodies of the tests by kind.
  /* eslint-disable jest/no-standalone-expect */

  /** What a client sees of the creation of a group, and how many there are then. */
  async function seen(effect: unknown) {
    await put({ match: { write: true }, effect });
    const answer = await createGroup().then(
      ({ status, body }: Answer) => `${status} ${body.error?.code}`,
      error => error.message,
    );
    return [answer, await groups()];
  }

  const error = (status: number, code: string) => {
    const both = (after: boolean) => async () => {
      const kind = `${code}-${after ? 'after' : 'before'}`;
      expect(await seen(kind)).toEqual([`${status} ${code}`, after ? 1 : 0]);
    };
    return {
      [`${code}-before`]: both(false),
      [`${code}-after`]: both(true),
    };
  };

  const page = (kind: string, count: number) => async () => {
    await put({ match: { write: true }, effect: kind });
    const response = await fetch(`${sandbox.url}/hetzner/v1/placement_groups`, {
      method: 'POST',
      headers: { authorization: 'Bearer test' },
      body: JSON.stringify(GROUP),
    });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<h1>502');
    expect(await groups()).toBe(count);
  };

  const refused = (expected: string) => async (kind: FaultKind) => {
    expect(await seen(kind)).toEqual([expected, 0]);
    await sandbox.ok('POST /placement_groups', GROUP);
  };

  const refusedOf =
    (creation: string, body: object, action: string, expected: string) =>
    async (kind: FaultKind) => {
      const created = await sandbox.done(creation, body);
      const { id } = created.server ?? created.load_balancer;
      await put({ match: { write: true }, effect: kind });
      const route = action.replace('{id}', id);
      const wish = { delete: true, rebuild: true };
      expect(await sandbox.refusal(route, wish)).toBe(expected);
      await sandbox.done(route, wish);
    };

  const cases: Record<string, (kind: FaultKind) => Promise<void>> = {
    async rate_limit_exceeded(kind) {
      await put({ match: { write: true }, effect: kind });
      const before = Math.floor(Date.now() / 1000);
      const { status, body, headers } = await createGroup();
      expect([status, body.error.code]).toEqual([429, kind]);
      expect(headers.get('ratelimit-limit')).toBe('3600');
      expect(headers.get('ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(before);
      expect(await groups()).toBe(0);
    },
    ...error(500, 'server_error'),
    ...error(502, 'bad_gateway'),
    'gateway_page-before': page('gateway_page-before', 0),
    'gateway_page-after': page('gateway_page-after', 1),
    ...error(503, 'unavailable'),
    ...error(504, 'timeout'),
    async 'drop-before'(kind) {
      expect(await seen(kind)).toEqual(['fetch failed', 0]);
    },
    async 'drop-after'(kind) {
      expect(await seen(kind)).toEqual(['fetch failed', 1]);
      const { body } = await sandbox.control('GET /record');
      expect(body.requests[0]).toMatchObject({
        status: null,
        effectStatus: 201,
        faults: [{ id: 'f0', effect: 'drop-after', aspect: 'answer' }],
      });
    },
    async slow(kind) {
      await clock({ mode: 'manual' });
      await put({ match: { write: true }, effect: kind });
      let isAnswered = false;
      const creation = createGroup().then(answer => {
        isAnswered = true;
        return answer;
      });
      while ((await groups()) === 0);
      // A second of the clock are a thousand of the cloud at this speed.
      await clock({ advanceSeconds: 999 });
      await sandbox.ok('GET /locations');
      expect(isAnswered).toBe(false);
      await clock({ advanceSeconds: 2 });
      expect((await creation).status).toBe(201);
    },
    locked: refusedOf(
      'POST /servers',
      SERVER,
      'POST /servers/{id}/actions/change_protection',
      '423 locked',
    ),
    conflict: refusedOf(
      'POST /load_balancers',
      BALANCER,
      'POST /load_balancers/{id}/actions/change_protection',
      '409 conflict',
    ),
    async resource_unavailable(kind) {
      await put({ match: { path: '/servers' }, effect: kind });
      const { status, body } = await sandbox.api('POST /servers', SERVER);
      expect([status, body.error]).toEqual([
        412,
        {
          code: 'resource_unavailable',
          message: 'error during placement',
          details: null,
        },
      ]);
      await sandbox.ok('POST /servers', SERVER);
    },
    resource_limit_exceeded: refused('403 resource_limit_exceeded'),
    maintenance: refused('403 maintenance'),
    async 'action-error'(kind) {
      await put({ match: { path: '^/servers$', write: true }, effect: kind });
      const {
        server,
        action,
        next_actions: next,
      } = await sandbox.ok('POST /servers', SERVER);
      await expect(sandbox.settled({ action })).rejects.toThrow(
        'action_failed',
      );
      await expect(sandbox.settled({ action: next[0] })).rejects.toThrow(
        'action_canceled',
      );
      const { server: left } = await sandbox.ok(`GET /servers/${server.id}`);
      expect(left).toMatchObject({ status: 'off', locked: false });
      await sandbox.done(`DELETE /servers/${server.id}`);
    },
    async 'action-hang'(kind) {
      await clock({ mode: 'manual' });
      await put({ match: { write: true }, effect: kind });
      const { action } = await sandbox.ok('POST /servers', SERVER);
      const status = async () =>
        (await sandbox.ok(`GET /actions/${action.id}`)).action.status;
      await clock({ advanceSeconds: 3600 });
      expect(await status()).toBe('running');
      await clock({ advanceSeconds: 60 });
      expect(await status()).toBe('success');
    },
    async 'stale-list'(kind) {
      await clock({ mode: 'manual' });
      await put({ match: { write: true }, effect: kind });
      const { placement_group: group } = await sandbox.ok(
        'POST /placement_groups',
        GROUP,
      );
      await clock({ advanceSeconds: 9 });
      expect(await groups()).toBe(0);
      const named = await sandbox.ok('GET /placement_groups?name=g');
      expect(named.placement_groups).toEqual([]);
      await sandbox.ok(`GET /placement_groups/${group.id}`);
      expect(await sandbox.refusal('POST /placement_groups', GROUP)).toBe(
        '409 uniqueness_error',
      );
      await clock({ advanceSeconds: 2 });
      expect(await groups()).toBe(1);
    },
  };

  /* eslint-enable jest/no-standalone-expect */

  it('are tried below, every kind', () => {
    expect(Object.keys(cases).sort()).toEqual([...faultKinds].sort());
  });

  it.each(faultKinds)('%s', async kind => {
    await expect(cases[kind](kind)).resolves.toBeUndefined();
  });

  it('may be an error of any sort, several times', async () => {
    await put({
      match: { path: '/placement_groups', method: 'POST' },
      times: 2,
      effect: { status: 418, code: 'teapot', message: 'short and stout' },
    });
    const { status, body } = await createGroup();
    expect([status, body.error]).toEqual([
      418,
      { code: 'teapot', message: 'short and stout', details: null },
    ]);
    expect((await sandbox.control('GET /faults')).body).toMatchObject([
      { times: 1 },
    ]);
    expect((await createGroup()).status).toBe(418);
    expect((await createGroup()).status).toBe(201);
  });

  it('hit the request of a number, of one project', async () => {
    await put({
      match: { write: true, project: 'one' },
      nth: 2,
      effect: 'drop-after',
    });
    const names = async (project: string) => {
      const create = (name: string) =>
        sandbox.api('POST /placement_groups', { ...GROUP, name }, project).then(
          () => name,
          () => `${name} lost`,
        );
      return [await create('a'), await create('b'), await create('c')];
    };
    expect(await names('two')).toEqual(['a', 'b', 'c']);
    expect(await names('one')).toEqual(['a', 'b lost', 'c']);
  });

  it('can lose an answer and keep what was made out of lists', async () => {
    await put(
      { match: { write: true }, effect: 'drop-after' },
      { match: { write: true }, effect: { staleList: { seconds: 1e9 } } },
    );
    await expect(createGroup()).rejects.toThrow('fetch failed');
    expect(await groups()).toBe(0);
    expect((await createGroup()).status).toBe(409);
  });

  it('let an action hang until it is ended', async () => {
    await put({
      match: { write: true },
      times: 2,
      effect: { actionHang: { seconds: null } },
    });
    const { action } = await sandbox.ok('POST /servers', SERVER);
    const other = await sandbox.ok('POST /servers', { ...SERVER, name: 'b' });
    await clock({ advanceSeconds: 1e6 });
    const { body: now } = await sandbox.control('GET /clock');
    expect(now).toMatchObject({ runningActions: 4, nextEndSeconds: null });
    const end = (id: number, body?: object) =>
      sandbox.control(`POST /actions/${id}/end`, body);
    expect((await end(action.id)).body).toMatchObject({ status: 'success' });
    await sandbox.settled({ action });
    await end(other.action.id, {
      error: { code: 'unknown_error', message: 'no host' },
    });
    await expect(sandbox.settled({ action: other.action })).rejects.toThrow(
      'no host',
    );
    expect((await end(action.id)).status).toBe(409);
  });

  it('are not recorded where they met nothing', async () => {
    await put(
      { effect: 'action-error', times: 2 },
      { effect: 'stale-list', times: 2 },
    );
    await sandbox.ok('GET /placement_groups');
    expect((await lastRequest()).faults).toEqual([]);
    await createGroup();
    expect((await lastRequest()).faults).toEqual([
      { id: 'f1', effect: 'stale-list', aspect: 'list' },
    ]);
  });

  it('are none when the list is emptied or refused', async () => {
    await put({ effect: 'drop-before', times: null });
    const refusal = await sandbox.control('PUT /faults', [{ id: 'x' }]);
    expect(refusal.status).toBe(400);
    expect((await sandbox.control('GET /faults')).body).toHaveLength(1);
    expect((await sandbox.control('DELETE /faults')).status).toBe(204);
    await sandbox.ok('POST /placement_groups', GROUP);
  });

  describe('by plan', () => {
    const kinds = ['bad_gateway-after', 'timeout-before', 'drop-after'];
    const plan = (seed: number, project: string) => ({
      id: 'p',
      seed,
      rate: 0.5,
      kinds,
      match: { project },
    });

    /** What became of the creation of groups that are asked for at once. */
    async function outcomes(seed: number, project: string, names: string[]) {
      await sandbox.control('PUT /fault-plans', [plan(seed, project)]);
      await Promise.all(
        names.map(name =>
          sandbox
            .api('POST /placement_groups', { ...GROUP, name }, project)
            .catch(() => undefined),
        ),
      );
      const { body } = await sandbox.control(`GET /record?project=${project}`);
      return Object.fromEntries(
        body.requests.map((request: Record<string, unknown>) => [
          request.key,
          [request.status, request.effectStatus, request.faults],
        ]),
      );
    }

    it('are the same for the same seed, in whatever order requests come', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
      const first = await outcomes(7, 'one', names);
      const again = await outcomes(7, 'two', [...names].reverse());
      expect(again).toEqual(first);
      expect(await outcomes(8, 'three', names)).not.toEqual(first);
      const hit = JSON.stringify(first);
      for (const kind of kinds) expect(hit).toContain(kind);
      expect((await sandbox.control('GET /fault-plans')).body).toEqual([
        plan(8, 'three'),
      ]);
      await sandbox.control('DELETE /fault-plans');
      await sandbox.ok('POST /placement_groups', GROUP, 'three');
    });

    it('are refused when they make no sense', async () => {
      for (const wrong of [{ rate: 2 }, { kinds: [] }, { kinds: ['rain'] }]) {
        const { status } = await sandbox.control('PUT /fault-plans', [
          { ...plan(1, 'one'), ...wrong },
        ]);
        expect(status).toBe(400);
      }
      expect((await sandbox.control('GET /fault-plans')).body).toEqual([]);
    });
  });
});
