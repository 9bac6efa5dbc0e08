import { RateBudget } from '../RateBudget';
import { InstantClock } from '../../__testUtils__/InstantClock';
import {
  empty,
  html,
  json,
  refusal,
  reset,
  ScriptedServer,
  silence,
  truncated,
} from '../../__testUtils__/ScriptedServer';
import { version } from '../../../package.json';
import {
  connectHetzner,
  type HetznerConnectionOptions,
} from './connectHetzner';
import { hetznerCodes } from './errorCodes';
import type { CallReport, HetznerConnection } from './HetznerCloud';

const server42 = { server: { id: 42, name: 'web-1' } };

describe('connectHetzner', () => {
  let api: ScriptedServer;
  let clock: InstantClock;
  const open: HetznerConnection[] = [];

  function connect(
    options: Partial<HetznerConnectionOptions> = {},
  ): HetznerConnection {
    const connection = connectHetzner({
      token: 'a-token',
      endpoint: api.endpoint,
      clock,
      random: () => 1,
      ...options,
    });
    open.push(connection);
    return connection;
  }

  beforeEach(async () => {
    api = await ScriptedServer.start();
    clock = new InstantClock();
  });

  afterEach(async () => {
    open.splice(0).forEach(connection => connection.close());
    await api.stop();
  });

  describe('tells that the rate limit holds it back', () => {
    const nearlyUsedUp = {
      'RateLimit-Limit': '3600',
      'RateLimit-Remaining': '300',
    };

    it('before background calls, with the time at which it would not', async () => {
      const told: Date[] = [];
      const cloud = connect().scoped({ onSlow: until => told.push(until) });
      api.plan(
        json(200, server42, nearlyUsedUp),
        json(200, server42, nearlyUsedUp),
      );
      await cloud.get('/servers/{id}', { path: { id: 42 } });
      expect(told).toEqual([]);
      await cloud.get('/servers/{id}', { path: { id: 42 } });
      expect(told).toHaveLength(1);
      expect(told[0].getTime()).toBeGreaterThan(clock.now());
    });

    it('not before interactive ones, which it does not hold back', async () => {
      const told: Date[] = [];
      const cloud = connect().scoped({
        priority: 'interactive',
        onSlow: until => told.push(until),
      });
      api.plan(
        json(200, server42, nearlyUsedUp),
        json(200, server42, nearlyUsedUp),
      );
      await cloud.get('/servers/{id}', { path: { id: 42 } });
      await cloud.get('/servers/{id}', { path: { id: 42 } });
      expect(told).toEqual([]);
    });
  });

  describe('sends what it is told to', () => {
    it('path, query, body and headers', async () => {
      const cloud = connect();
      api.plan(json(200, server42), json(201, { action: { id: 1 } }), empty());
      expect(await cloud.get('/servers/{id}', { path: { id: 42 } })).toEqual(
        server42,
      );
      await cloud.post('/servers/{id}/actions/attach_to_network', {
        path: { id: 42 },
        body: { network: 7, ip: '10.0.1.254' },
      });
      await cloud.delete('/ssh_keys/{id}', { path: { id: 3 } });
      expect(api.log).toEqual([
        'GET /servers/42',
        'POST /servers/42/actions/attach_to_network',
        'DELETE /ssh_keys/3',
      ]);
      const [read, write] = api.requests;
      expect(read.headers).toMatchObject({
        authorization: 'Bearer a-token',
        'user-agent': `xpeditis-portal/${version}`,
        accept: 'application/json',
      });
      expect(read.headers['content-type']).toBeUndefined();
      expect(read.body).toBeUndefined();
      expect(write.headers['content-type']).toBe('application/json');
      expect(write.body).toEqual({ network: 7, ip: '10.0.1.254' });
    });

    it('all pages of a list', async () => {
      const cloud = connect();
      const page = (ids: number[], next: number | null) =>
        json(200, {
          servers: ids.map(id => ({ id })),
          meta: { pagination: { next_page: next, total_entries: 3 } },
        });
      api.plan(page([1, 2], 2), page([3], null));
      const servers = await cloud.listAll('/servers', {
        label_selector: 'a=b',
        status: ['running', 'off'],
      });
      expect(servers.map(({ id }) => id)).toEqual([1, 2, 3]);
      expect(api.log).toEqual([
        'GET /servers?label_selector=a%3Db&status=running&status=off&page=1&per_page=50',
        'GET /servers?label_selector=a%3Db&status=running&status=off&page=2&per_page=50',
      ]);
    });

    it('an endpoint with a trailing slash', async () => {
      api.plan(json(200, server42));
      await connect({ endpoint: `${api.endpoint}/` }).get('/servers/{id}', {
        path: { id: 42 },
      });
      expect(api.log).toEqual(['GET /servers/42']);
    });

    it('does not follow where an answer points', async () => {
      const elsewhere = await ScriptedServer.start();
      api.plan((response, _request) => {
        response.writeHead(302, { Location: elsewhere.endpoint });
        response.end();
      });
      await expect(connect().get('/pricing')).rejects.toMatchObject({
        code: 'invalid_response',
        status: 302,
      });
      expect(elsewhere.requests).toEqual([]);
      await elsewhere.stop();
    });
  });

  describe('repeats', () => {
    it.each([
      ['502', html(502)],
      ['503', refusal(503, 'unavailable')],
      ['504', refusal(504, 'timeout')],
      ['429', refusal(429, 'rate_limit_exceeded')],
      ['a broken connection', reset()],
      ['half an answer', truncated()],
    ])('a read after %s', async (_, failure) => {
      api.plan(failure, failure, json(200, server42));
      const cloud = connect();
      expect(await cloud.get('/servers/{id}', { path: { id: 42 } })).toEqual(
        server42,
      );
      expect(api.requests).toHaveLength(3);
    });

    it('a write that has to wait for another, with growing pauses', async () => {
      api.plan(
        refusal(423, 'locked'),
        refusal(409, 'conflict'),
        refusal(423, 'locked'),
        json(201, { action: { id: 1 } }),
      );
      await connect().post('/servers/{id}/actions/poweron', {
        path: { id: 42 },
      });
      expect(clock.waits).toEqual([1, 2, 4]);
    });

    it('a write that has to wait for another, unless its caller wants to be told', async () => {
      api.plan(refusal(423, 'locked'), refusal(409, 'conflict'));
      await expect(
        connect().post('/servers/{id}/actions/poweron', {
          path: { id: 42 },
          tellAtOnce: [hetznerCodes.conflict],
        }),
      ).rejects.toMatchObject({ code: 'conflict', outcome: 'refused' });
      expect(clock.waits).toEqual([1]);
    });

    it('a delete of what is still in use, if asked to', async () => {
      const cloud = connect();
      const path = { id: 5 };
      api.plan(refusal(422, 'resource_in_use'));
      await expect(
        cloud.delete('/firewalls/{id}', { path }),
      ).rejects.toMatchObject({ code: 'resource_in_use', outcome: 'refused' });
      api.plan(refusal(422, 'resource_in_use'), empty());
      await cloud.delete('/firewalls/{id}', {
        path,
        retryOn: [hetznerCodes.resourceInUse],
      });
      expect(api.requests).toHaveLength(3);
    });

    it.each([
      ['502', html(502), 'bad_gateway'],
      ['504', refusal(504, 'timeout'), 'timeout'],
      ['500', refusal(500, 'server_error'), 'server_error'],
      ['a broken connection', reset(), 'connection_lost'],
      ['half an answer', truncated(), 'connection_lost'],
      ['an answer that is not JSON', html(201), 'invalid_response'],
    ])('no write after %s', async (_, failure, code) => {
      api.plan(failure);
      await expect(
        connect().post('/servers/{id}/actions/poweron', { path: { id: 42 } }),
      ).rejects.toMatchObject({ code, outcome: 'unknown' });
      expect(api.requests).toHaveLength(1);
    });

    it('nothing for ever', async () => {
      api.otherwise(refusal(423, 'locked', 'server is locked'));
      const cloud = connect({
        retryLimits: { attempts: 4, baseSeconds: 1, capSeconds: 2 },
      });
      await expect(
        cloud.delete('/servers/{id}', { path: { id: 42 } }),
      ).rejects.toMatchObject({ code: 'locked' });
      expect(api.requests).toHaveLength(4);
      expect(clock.waits).toEqual([1, 2, 2]);
    });

    it('less often when a person waits', async () => {
      api.otherwise(html(502));
      const page = connect().scoped({ priority: 'interactive' });
      await expect(page.get('/pricing')).rejects.toMatchObject({
        code: 'bad_gateway',
      });
      expect(api.requests).toHaveLength(3);
    });
  });

  describe('without an answer', () => {
    it('says that nothing was sent when nobody listens', async () => {
      const gone = await ScriptedServer.start();
      const { endpoint } = gone;
      await gone.stop();
      const cloud = connect({ endpoint });
      await expect(
        cloud.post('/servers/{id}/actions/poweron', { path: { id: 42 } }),
      ).rejects.toMatchObject({
        code: 'connection_failed',
        outcome: 'refused',
        message: expect.stringContaining('ECONNREFUSED'),
      });
    });

    it('gives up after the time allowed', async () => {
      api.otherwise(silence());
      const cloud = connect({ timeoutSeconds: 0.05 });
      await expect(
        cloud.post('/servers/{id}/actions/poweron', { path: { id: 42 } }),
      ).rejects.toMatchObject({
        code: 'timed_out',
        outcome: 'unknown',
        message: expect.stringContaining('within 0.05 s'),
      });
      expect(api.requests).toHaveLength(1);
    });

    it('the time allowed covers an answer that trickles in', async () => {
      const timers: NodeJS.Timeout[] = [];
      api.otherwise(response => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        timers.push(setInterval(() => response.write(' '), 5));
      });
      const cloud = connect({ timeoutSeconds: 0.1 });
      await expect(
        cloud.post('/servers/{id}/actions/poweron', { path: { id: 42 } }),
      ).rejects.toMatchObject({ code: 'timed_out' });
      timers.forEach(clearInterval);
    });
  });

  describe('under the rules of a scope', () => {
    it('asks the hook before each try, and reports each exchange', async () => {
      const asked: unknown[] = [];
      const reports: CallReport[] = [];
      const cloud = connect().scoped({
        beforeCall: async call => {
          asked.push([call, api.requests.length]);
        },
        onCall: report => reports.push(report),
      });
      api.plan(
        refusal(423, 'locked'),
        json(201, { action: { id: 1 } }, { 'RateLimit-Remaining': '99' }),
      );
      await cloud.post('/servers/{id}/actions/poweron', { path: { id: 42 } });
      const call = {
        method: 'POST',
        pathTemplate: '/servers/{id}/actions/poweron',
      };
      expect(asked).toEqual([
        [{ ...call, attempt: 1 }, 0],
        [{ ...call, attempt: 2 }, 1],
      ]);
      const exchange = {
        ...call,
        correlationId: 'c0ffee0123456789c0ffee0123456789',
        durationSeconds: expect.any(Number),
      };
      expect(reports).toEqual([
        { ...exchange, attempt: 1, status: 423, errorCode: 'locked' },
        { ...exchange, attempt: 2, status: 201, repeats: 'locked' },
      ]);
    });

    it('reports an exchange without an answer', async () => {
      const reports: CallReport[] = [];
      const cloud = connect({ onCall: report => reports.push(report) });
      api.plan(reset(), json(200, {}));
      await cloud.get('/pricing');
      expect(reports).toEqual([
        expect.objectContaining({ errorCode: 'connection_lost', attempt: 1 }),
        expect.objectContaining({ status: 200, attempt: 2 }),
      ]);
      expect(reports[0].status).toBeUndefined();
    });

    it('sends nothing when the hook throws, and passes its error on', async () => {
      const lost = new Error('the lease is lost');
      const budget = new RateBudget({ clock });
      const before = budget.status().remaining;
      const scoped = connect({ budget }).scoped({
        beforeCall: async () => {
          throw lost;
        },
      });
      await expect(scoped.get('/pricing')).rejects.toBe(lost);
      expect(api.requests).toEqual([]);
      expect(budget.status().remaining).toBe(before);
    });

    it('stops between two tries when the hook throws then', async () => {
      const lost = new Error('the lease is lost');
      const scoped = connect().scoped({
        beforeCall: async ({ attempt }) => {
          if (attempt > 1) throw lost;
        },
      });
      api.plan(refusal(423, 'locked'));
      await expect(
        scoped.delete('/servers/{id}', { path: { id: 42 } }),
      ).rejects.toBe(lost);
      expect(api.requests).toHaveLength(1);
    });

    it('adds the rules of an inner scope to the outer ones', async () => {
      const order: string[] = [];
      const note = (name: string) => ({
        beforeCall: async () => {
          order.push(`before ${name}`);
        },
        onCall: () => {
          order.push(`after ${name}`);
        },
      });
      api.plan(json(200, {}));
      await connect(note('connection'))
        .scoped(note('operation'))
        .scoped(note('step'))
        .get('/pricing');
      expect(order).toEqual([
        'before connection',
        'before operation',
        'before step',
        'after connection',
        'after operation',
        'after step',
      ]);
    });

    it('sends nothing once its signal is aborted', async () => {
      const controller = new AbortController();
      const scoped = connect().scoped({ signal: controller.signal });
      controller.abort();
      await expect(scoped.get('/pricing')).rejects.toMatchObject({
        code: 'aborted',
        outcome: 'refused',
      });
      expect(api.requests).toEqual([]);
    });

    it('sends nothing if it is aborted while the hook is asked', async () => {
      const controller = new AbortController();
      const scoped = connect().scoped({
        signal: controller.signal,
        beforeCall: async () => controller.abort(),
      });
      await expect(scoped.get('/pricing')).rejects.toMatchObject({
        code: 'aborted',
        outcome: 'refused',
      });
      expect(api.requests).toEqual([]);
    });

    it('ends a read under way', async () => {
      const controller = new AbortController();
      const outer = connect().scoped({ signal: controller.signal });
      api.plan(() => controller.abort());
      await expect(
        outer.scoped({}).get('/servers/{id}', {
          path: { id: 42 },
          signal: new AbortController().signal,
        }),
      ).rejects.toMatchObject({ code: 'aborted', outcome: 'unknown' });
    });

    it('awaits a write under way, so that its outcome is known', async () => {
      const controller = new AbortController();
      const scoped = connect().scoped({ signal: controller.signal });
      const answer = { action: { id: 1 } };
      api.plan((...args) => {
        controller.abort();
        json(201, answer)(...args);
      });
      expect(
        await scoped.post('/servers/{id}/actions/poweron', {
          path: { id: 42 },
        }),
      ).toEqual(answer);
    });

    it('ends the pause before another try', async () => {
      const controller = new AbortController();
      api.plan((...args) => {
        refusal(423, 'locked')(...args);
      });
      const scoped = connect().scoped({
        onCall: () => controller.abort(),
        signal: controller.signal,
      });
      await expect(
        scoped.delete('/servers/{id}', { path: { id: 42 } }),
      ).rejects.toMatchObject({ code: 'aborted', outcome: 'refused' });
    });
  });

  describe('shares one rate budget', () => {
    it('corrected by every answer, errors included', async () => {
      const budget = new RateBudget({ clock });
      const cloud = connect({ budget });
      const headers = (remaining: number) => ({
        'RateLimit-Limit': '7200',
        'RateLimit-Remaining': String(remaining),
        'RateLimit-Reset': '1800000000',
      });
      api.plan(
        json(200, {}, headers(7000)),
        json(
          404,
          { error: { code: 'not_found', message: 'no', details: null } },
          headers(6000),
        ),
      );
      await cloud.get('/pricing');
      expect(budget.status()).toEqual({ limit: 7200, remaining: 7000 });
      await expect(
        cloud.scoped({}).get('/servers/{id}', { path: { id: 1 } }),
      ).rejects.toMatchObject({ code: 'not_found' });
      expect(budget.status()).toEqual({ limit: 7200, remaining: 6000 });
    });

    it('that waits for the refill after a 429', async () => {
      const cloud = connect();
      api.plan(
        json(
          429,
          {
            error: { code: 'rate_limit_exceeded', message: 'no', details: {} },
          },
          { 'RateLimit-Limit': '3600', 'RateLimit-Remaining': '0' },
        ),
        json(200, {}),
      );
      const started = clock.now();
      await cloud.get('/pricing');
      expect(clock.now() - started).toBeGreaterThanOrEqual(1000);
    });
  });

  describe('waits for actions', () => {
    const action = (id: number, status: string, progress = 0) => ({
      id,
      status,
      progress,
      command: 'create_server',
      resources: [],
      error: null,
    });

    it('with one batched read for all scopes', async () => {
      const reports: CallReport[] = [];
      const hook = jest.fn();
      const cloud = connect({ onCall: report => reports.push(report) });
      api.plan(
        json(200, {
          actions: [action(1, 'running', 50), action(2, 'success')],
        }),
        json(200, { actions: [action(1, 'success', 100)] }),
      );
      const progress: number[] = [];
      const [first, second] = await Promise.all([
        cloud
          .scoped({ beforeCall: hook })
          .waitFor([action(1, 'running') as never, null, undefined], {
            onProgress: percent => progress.push(percent),
          }),
        cloud.scoped({}).waitFor([action(2, 'running') as never]),
      ]);
      expect([...first, ...second]).toMatchObject([
        { id: 1, status: 'success' },
        { id: 2, status: 'success' },
      ]);
      expect(progress).toEqual([0, 50, 100]);
      expect(api.log).toEqual([
        'GET /actions?id=1&id=2&per_page=50',
        'GET /actions?id=1&per_page=50',
      ]);
      expect(reports).toHaveLength(2);
      // A batched read is nobody's own.
      expect(hook).not.toHaveBeenCalled();
    });

    it('until the scope is aborted', async () => {
      const controller = new AbortController();
      const scoped = connect().scoped({ signal: controller.signal });
      api.otherwise((...args) => {
        controller.abort();
        json(200, { actions: [action(1, 'running')] })(...args);
      });
      await expect(
        scoped.waitFor([action(1, 'running') as never]),
      ).rejects.toMatchObject({ code: 'aborted' });
    });
  });

  describe('refuses', () => {
    it.each(['', ' ', 'two words', 'with\nbreak', 'ümlaut'])(
      'the token %j without repeating it',
      token => {
        expect(() => connect({ token })).toThrow(
          new TypeError(
            'The Hetzner token is empty or has blanks or line breaks in it. Store it again as Hetzner shows it.',
          ),
        );
      },
    );

    it.each([
      'ftp://x/v1',
      'api.hetzner.cloud',
      'https://u:p@x/v1',
      'http://x?y=1',
    ])('the endpoint %s', endpoint => {
      expect(() => connect({ endpoint })).toThrow('https address');
    });
  });
});
