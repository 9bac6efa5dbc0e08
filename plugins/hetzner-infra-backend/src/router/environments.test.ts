import { hetznerInfraPermissions } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { connectHetzner } from '../clouds/hetzner/connectHetzner';
import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import { startSandbox } from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

type Overrides = { metadata?: object; spec?: Record<string, unknown> };

const document = (name: string, { metadata, spec }: Overrides = {}) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform', ...metadata },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
    ...spec,
  },
});

const teamA = { metadata: { owner: 'group:default/team-a' } };

describe('environments over HTTP', () => {
  let sandbox: JudgedSandbox;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({ sandbox });
  });
  afterEach(async () => {
    await portal.stop();
    await sandbox.requireDescribedRequests();
  });

  const create = (
    who: string,
    name: string,
    overrides?: Overrides,
    more = {},
  ) =>
    portal.call(who, 'POST', '/environments', {
      environment: document(name, overrides),
      ...more,
    });

  /** Creates and waits for the end. */
  const ready = async (who: string, name: string, overrides?: Overrides) => {
    const { body } = await create(who, name, overrides);
    await portal.follow(who, body.operation.id);
    return body.environment.id as string;
  };

  /** Holds what the portal creates at the first call that changes anything. */
  const provider = (answers: 'nothing' | 'normally') =>
    sandbox.control(
      'PUT',
      '/faults',
      answers === 'normally'
        ? []
        : [
            {
              id: 'down',
              match: { method: 'POST', path: '/networks' },
              times: null,
              effect: { status: 503, code: 'unavailable', message: 'down' },
            },
          ],
    );

  describe('POST /quotes', () => {
    it('tells price, plan and quota, and changes nothing', async () => {
      const { status, body } = await portal.call('ada', 'POST', '/quotes', {
        environment: document('prod'),
      });
      expect(status).toBe(200);
      expect(body.totals).toHaveLength(1);
      expect(body.totals[0].currency).toBe('EUR');
      expect(body.plan).toContainEqual(
        expect.objectContaining({ key: 'web-1', change: 'create' }),
      );
      expect(body.quota).toContainEqual({
        name: 'servers',
        used: 0,
        after: 2,
        limit: 25,
      });
      const { body: list } = await portal.call('ada', 'GET', '/environments');
      expect(list.totalItems).toBe(0);
      expect(portal.audit).toEqual([]);
    });

    it('costs the provider nothing while somebody types', async () => {
      const quote = (max: number) =>
        portal.call('ada', 'POST', '/quotes', {
          environment: document('prod', {
            spec: {
              pools: [{ name: 'web', serverType: 'cx43', min: 1, max }],
            },
          }),
        });
      await quote(2);
      const requests = async () =>
        ((await sandbox.control('GET', '/record?since=0')) as any).requests
          .length;
      const before = await requests();
      await quote(3);
      await quote(4);
      expect(await requests()).toBe(before);
    });

    it('quotes the change for a name in use, if the caller may read it', async () => {
      await ready('ada', 'prod');
      const bigger = document('prod', {
        spec: { pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 2 }] },
      });
      const { body } = await portal.call('ada', 'POST', '/quotes', {
        environment: bigger,
      });
      expect(
        body.plan
          .filter((c: any) => c.change !== 'keep')
          .map((c: any) => `${c.change} ${c.key}`),
      ).toEqual(['create web-2']);
      const other = await portal.call('bo', 'POST', '/quotes', {
        environment: document('prod', teamA),
      });
      expect(other.status).toBe(409);
      expect(other.body.error.fields).toEqual([
        {
          path: 'metadata.name',
          code: 'name-in-use',
          params: { name: 'prod' },
          message: 'The name prod is in use.',
        },
      ]);
    });

    it('refuses a name in use when the intent is to create', async () => {
      await ready('ada', 'prod');
      const quote = (name: string) =>
        portal.call('ada', 'POST', '/quotes', {
          environment: document(name),
          intent: 'create',
        });
      const { status, body } = await quote('prod');
      expect(status).toBe(409);
      expect(body.error.message).toContain('An environment named prod exists.');
      expect((await quote('prod-2')).status).toBe(200);
    });
  });

  it('asks for the permission to change for the quote of a change, to create for a new one', async () => {
    await provider('nothing');
    await create('bo', 'mine', teamA);
    const quote = (who: string, name: string) =>
      portal.call(who, 'POST', '/quotes', {
        environment: document(name, teamA),
      });
    expect((await quote('op', 'mine')).status).toBe(200);
    const fresh = await quote('op', 'fresh');
    expect(fresh.status).toBe(403);
    expect(fresh.body.error.message).toContain('environment.create');
  });

  describe('bad input', () => {
    it.each<[string, unknown, number, string]>([
      ['no document', {}, 400, ''],
      [
        'another kind',
        { ...document('prod'), kind: 'Deployment' },
        400,
        'kind',
      ],
      ['a name with capitals', document('Prod'), 400, 'metadata.name'],
      [
        'an invalid range',
        document('prod', { spec: { network: { ipRange: '10.0.0.0/33' } } }),
        400,
        'spec.network.ipRange',
      ],
      [
        'a nodes range outside the network',
        document('prod', {
          spec: { network: { ipRange: '10.0.0.0/16', nodes: '10.1.1.0/24' } },
        }),
        400,
        'spec.network.nodes',
      ],
      [
        'a network over the pods',
        document('prod', {
          spec: {
            network: { ipRange: '10.244.0.0/16', nodes: '10.244.1.0/24' },
          },
        }),
        400,
        'spec.network.ipRange',
      ],
      [
        'an unknown server type',
        document('prod', {
          spec: {
            pools: [{ name: 'web', serverType: 'zx99', min: 1, max: 1 }],
          },
        }),
        400,
        'spec.pools.0.serverType',
      ],
      [
        'an unknown location',
        document('prod', { spec: { location: 'mars1' } }),
        400,
        'spec.location',
      ],
      [
        'an unknown connection',
        document('prod', { spec: { connections: { hetzner: 'none' } } }),
        400,
        'spec.connections.hetzner',
      ],
      [
        'more servers than the project may have',
        document('prod', {
          spec: {
            network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/24' },
            pools: [{ name: 'web', serverType: 'cx43', min: 25, max: 25 }],
          },
        }),
        409,
        'spec.pools.0.min',
      ],
      [
        'an owner that the catalog does not know',
        document('prod', { metadata: { owner: 'group:default/nobody' } }),
        400,
        'metadata.owner',
      ],
      [
        'an expiry that is over',
        document('prod', { metadata: { expiresAt: '2020-01-01T00:00:00Z' } }),
        400,
        'metadata.expiresAt',
      ],
    ])(
      'refuses %s, and stores nothing',
      async (_, environment, status, path) => {
        const response = await portal.call('ada', 'POST', '/environments', {
          environment,
        });
        expect(response.status).toBe(status);
        const { error } = response.body;
        expect(error.name).toBe(
          status === 400 ? 'InputError' : 'ConflictError',
        );
        expect(
          error.fields.some((field: any) => field.path.startsWith(path)),
        ).toBe(true);
        expect(error.stack).toBeUndefined();
        const { body } = await portal.call('ada', 'GET', '/environments');
        expect(body.totalItems).toBe(0);
        expect(
          (await portal.call('ada', 'GET', '/operations')).body.items,
        ).toEqual([]);
      },
    );

    it.each<[string, 'GET' | 'POST' | 'PUT' | 'DELETE', string, unknown]>([
      ['an unknown query', 'GET', '/environments?colour=red', undefined],
      ['a limit of text', 'GET', '/environments?limit=many', undefined],
      ['an unknown sort', 'GET', '/environments?sort=size', undefined],
      ['an unknown cursor', 'GET', '/environments?cursor=none', undefined],
      ['a body without a document', 'POST', '/environments', {}],
      ['an unknown member', 'POST', '/quotes', { environment: {}, x: 1 }],
      [
        'a price that is none',
        'POST',
        '/environments',
        { environment: document('prod'), maxMonthly: 'cheap' },
      ],
      [
        'a change without a revision',
        'PUT',
        '/environments/prod',
        { environment: {} },
      ],
      ['data thrown away', 'DELETE', '/environments/prod?data=burn', undefined],
    ])('answers 400 to %s', async (_, method, path, body) => {
      const response = await portal.call('ada', method, path, body);
      expect(response.status).toBe(400);
      expect(response.body.error.name).toBe('InputError');
    });

    it('quotes nobody’s environment, nor one that is over', async () => {
      const { status, body } = await portal.call('ada', 'POST', '/quotes', {
        environment: document('prod', {
          metadata: {
            owner: 'group:default/nobody',
            expiresAt: '2020-01-01T00:00:00Z',
          },
        }),
      });
      expect(status).toBe(400);
      expect(body.error.fields.map(({ path }: any) => path)).toEqual([
        'metadata.owner',
        'metadata.expiresAt',
      ]);
    });

    it.each(['null', '"text"', '7'])('takes %s for no object', async body => {
      const response = await fetch(`${portal.url}/quotes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      expect(response.status).toBe(400);
      expect((await response.json()).error.message).toBe(
        'The body of the request is not a JSON object.',
      );
    });

    it.each(['GET', 'POST'])(
      'says that there is no %s /nothing',
      async method => {
        const response = await fetch(`${portal.url}/nothing`, { method });
        expect(response.status).toBe(404);
        expect((await response.json()).error).toMatchObject({
          name: 'NotFoundError',
          message: `The API of hetzner-infra has no ${method} /nothing.`,
        });
      },
    );

    it('takes documents up to 256 kB and no more', async () => {
      const fits = await portal.call('ada', 'POST', '/quotes', {
        environment: { ...document('prod'), filler: 'x'.repeat(200_000) },
      });
      expect(fits.status).toBe(400);
      expect(fits.body.error.message).toContain('document');
      const large = await portal.call('ada', 'POST', '/quotes', {
        environment: { filler: 'x'.repeat(300_000) },
      });
      expect(large.status).toBe(400);
      expect(large.body.error.message).toContain('larger than 256 kB');
    });

    it('never gives a body back that it could not read', async () => {
      const response = await fetch(`${portal.url}/connections/prod`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '{"secrets": {"token": "very-secret"',
      });
      expect(response.status).toBe(400);
      const text = await response.text();
      expect(text).toContain('is not a JSON object');
      expect(text).not.toContain('very-secret');
    });
  });

  describe('create, follow, look, change, remove', () => {
    it('shows what somebody deleted in the console as missing', async () => {
      const { body } = await portal.call('ada', 'POST', '/environments', {
        environment: document('prod'),
      });
      await portal.follow('ada', body.operation.id);
      const cloud = connectHetzner({
        token: 'sandbox',
        endpoint: sandbox.hetznerEndpoint,
      });
      const [balancer] = await cloud.listAll('/load_balancers');
      const { action } = await cloud.delete('/load_balancers/{id}', {
        path: { id: balancer.id },
      });
      await cloud.waitFor([action]);
      cloud.close();

      const { body: resources } = await portal.call(
        'ada',
        'GET',
        '/environments/prod/resources',
      );
      expect(resources.items.filter((r: any) => r.state === 'missing')).toEqual(
        [
          {
            key: 'load-balancer',
            kind: 'load-balancer',
            name: 'prod-load-balancer',
            state: 'missing',
            drift: ['It does not exist.'],
            deviations: [{ field: 'existence', remedy: 'create' }],
            labels: {},
          },
        ],
      );
    });

    it('goes the whole way', async () => {
      const made = await create('ada', 'prod', {}, { requestId: 'task-1' });
      expect(made.status).toBe(202);
      const { environment, operation } = made.body;
      expect(environment).toMatchObject({
        name: 'prod',
        owner: 'group:default/platform',
        state: 'creating',
        revision: 1,
        connection: 'sandbox',
        location: 'fsn1',
        createdBy: 'user:default/ada',
        operation: { id: operation.id, goal: 'apply' },
      });
      expect(operation).toMatchObject({
        environment: 'prod',
        environmentId: environment.id,
        goal: 'apply',
        initiator: 'user:default/ada',
        requestId: 'task-1',
      });

      const stream = await portal.follow('ada', operation.id);
      expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(stream.headers.get('cache-control')).toContain('no-transform');
      expect(stream.ended).toBe(true);
      expect(stream.events[0].data.operation.state).toBe('queued');
      expect(stream.events.at(-1)!.data.operation.state).toBe('succeeded');
      const ids = stream.events.map(e => Number(e.id));
      expect(ids).toEqual([...ids].sort((a, b) => a - b));

      const resumed = await portal.follow('ada', operation.id, {
        lastEventId: stream.events.at(-3)!.id,
      });
      expect(resumed.events).toEqual(stream.events.slice(-2));

      const { body: shown } = await portal.call(
        'ada',
        'GET',
        '/environments/prod',
      );
      expect(shown).toMatchObject({
        state: 'ready',
        sentence: 'prod is as revision 1 says.',
        operation: { state: 'succeeded' },
      });
      const { body: done } = await portal.call(
        'ada',
        'GET',
        `/operations/${operation.id}`,
      );
      expect(done.steps.length).toBeGreaterThan(5);
      expect(new Set(done.steps.map((s: any) => s.state))).toEqual(
        new Set(['succeeded']),
      );

      const { body: resources } = await portal.call(
        'ada',
        'GET',
        '/environments/prod/resources',
      );
      const server = resources.items.find((r: any) => r.key === 'web-1');
      expect(server).toMatchObject({
        kind: 'server',
        drift: [],
        currency: 'EUR',
        consoleUrl: expect.stringMatching(
          /^https:\/\/console\.hetzner\.com\/projects\/4711\/servers\/\d+\/overview$/,
        ),
      });

      const changed = await portal.call('ada', 'PUT', '/environments/prod', {
        environment: document('prod', {
          spec: {
            pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 2 }],
          },
        }),
        revision: 1,
      });
      expect(changed.status).toBe(202);
      expect(changed.body.environment).toMatchObject({
        revision: 2,
        state: 'changing',
      });
      await portal.follow('ada', changed.body.operation.id);

      const removed = await portal.call(
        'ada',
        'DELETE',
        '/environments/prod?data=keep&requestId=task-2',
      );
      expect(removed.status).toBe(202);
      await portal.follow('ada', removed.body.operation.id);
      expect(
        (await portal.call('ada', 'GET', '/environments/prod')).status,
      ).toBe(404);

      // Repeating a request is answered alike, also when its work is done.
      const again = await portal.call(
        'ada',
        'DELETE',
        '/environments/prod?data=keep&requestId=task-2',
      );
      expect(again.body.operation.id).toBe(removed.body.operation.id);
      expect(again.body.environment.state).toBe('removed');

      const { body: past } = await portal.call(
        'ada',
        'GET',
        `/operations?environment=${environment.id}`,
      );
      expect(past.items.map((o: any) => o.goal)).toEqual([
        'remove',
        'apply',
        'apply',
      ]);
      const { body: gone } = await portal.call(
        'ada',
        'GET',
        '/environments?state=removed',
      );
      expect(gone.items.map((e: any) => e.id)).toEqual([environment.id]);

      const requests = portal.audit.filter(
        ({ eventId }) => eventId !== 'operation-outcome',
      );
      expect(
        requests.map(({ eventId, outcome, severityLevel }) => [
          eventId,
          outcome,
          severityLevel,
        ]),
      ).toEqual([
        ['environment-create', 'success', 'medium'],
        ['environment-update', 'success', 'medium'],
        ['environment-remove', 'success', 'medium'],
        ['environment-remove', 'success', 'medium'],
      ]);
      expect(portal.audit[0]).toMatchObject({
        meta: { environment: 'prod' },
        detail: { environmentId: environment.id, operationId: operation.id },
      });
      expect(
        portal.audit.find(({ eventId }) => eventId === 'operation-outcome'),
      ).toMatchObject({
        outcome: 'success',
        meta: { operationId: operation.id, goal: 'apply' },
      });
    });
  });

  describe('repeated requests', () => {
    it('return the same operation, or 409 for another body', async () => {
      const first = await create('ada', 'prod', {}, { requestId: 'task-1' });
      const again = await create('ada', 'prod', {}, { requestId: 'task-1' });
      expect(again.status).toBe(202);
      expect(again.body.operation.id).toBe(first.body.operation.id);
      const other = await create('ada', 'test', {}, { requestId: 'task-1' });
      expect(other.status).toBe(409);
      expect(other.body.error.operationId).toBe(first.body.operation.id);
      const { body } = await portal.call(
        'ada',
        'GET',
        '/operations?requestId=task-1',
      );
      expect(body.items).toHaveLength(1);
    });

    it('become one when they come at the same moment', async () => {
      const both = await Promise.all(
        [1, 2, 3].map(() => create('ada', 'prod', {}, { requestId: 'task-1' })),
      );
      expect(both.map(r => r.status)).toEqual([202, 202, 202]);
      expect(new Set(both.map(r => r.body.operation.id)).size).toBe(1);
    });

    it('refuse a name in use', async () => {
      await create('ada', 'prod');
      const other = await create('ada', 'prod');
      expect(other.status).toBe(409);
      expect(other.body.error.fields[0].path).toBe('metadata.name');
    });
  });

  it('refuses a price above the one that was agreed', async () => {
    const { body: quote } = await portal.call('ada', 'POST', '/quotes', {
      environment: document('prod'),
    });
    const { monthly } = quote.totals[0];
    const less = String(Number(monthly) - 0.01);
    const refused = await create('ada', 'prod', {}, { maxMonthly: less });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(monthly);
    const taken = await create('ada', 'prod', {}, { maxMonthly: monthly });
    expect(taken.status).toBe(202);
  });

  describe('while an operation runs', () => {
    it('refuses a change with its id, lets it be cancelled, and leaves nothing', async () => {
      await provider('nothing');
      const { body } = await create('ada', 'prod');
      const { id } = body.operation;
      const put = await portal.call('ada', 'PUT', '/environments/prod', {
        environment: document('prod'),
        revision: 1,
      });
      expect(put.status).toBe(409);
      expect(put.body.error.operationId).toBe(id);
      const reconcile = await portal.call(
        'ada',
        'POST',
        '/environments/prod/reconcile',
      );
      expect(reconcile.status).toBe(409);
      const retry = await portal.call('ada', 'POST', `/operations/${id}/retry`);
      expect(retry.status).toBe(409);

      await provider('normally');
      const cancel = await portal.call(
        'ada',
        'POST',
        `/operations/${id}/cancel`,
      );
      expect(cancel.status).toBe(202);
      const { events } = await portal.follow('ada', id);
      expect(events.at(-1)!.data.operation.state).toBe('cancelled');
      expect(
        (await portal.call('ada', 'GET', '/environments/prod')).status,
      ).toBe(404);
    });

    it('takes a removal, which stops it', async () => {
      await provider('nothing');
      const { body: made } = await create('ada', 'prod');
      const removal = await portal.call('ada', 'DELETE', '/environments/prod');
      expect(removal.status).toBe(202);
      expect(removal.body.environment.state).toBe('removing');
      await provider('normally');
      await portal.follow('ada', removal.body.operation.id);
      const { body: apply } = await portal.call(
        'ada',
        'GET',
        `/operations/${made.operation.id}`,
      );
      expect(apply.state).toBe('cancelled');
    });
  });

  it('tells why a create failed, undoes it, and lets it be asked for again', async () => {
    await sandbox.control('PUT', '/faults', [
      {
        id: 'sold-out',
        match: { method: 'POST', path: '/servers' },
        times: null,
        effect: {
          status: 412,
          code: 'resource_unavailable',
          message: 'sold out',
        },
      },
    ]);
    const { body } = await create('ada', 'prod');
    const { events } = await portal.follow('ada', body.operation.id);
    const last = events.at(-1)!.data.operation;
    expect(last.state).toBe('failed');
    expect(last.error.code).toBe('resource_unavailable');
    expect((await portal.call('ada', 'GET', '/environments/prod')).status).toBe(
      404,
    );
    const retry = await portal.call(
      'ada',
      'POST',
      `/operations/${body.operation.id}/retry`,
    );
    expect(retry.status).toBe(409);
    expect(retry.body.error.message).toContain('Create it again');
  });

  it('retries a create that was kept', async () => {
    await sandbox.control('PUT', '/faults', [
      {
        id: 'sold-out',
        match: { method: 'POST', path: '/servers' },
        times: null,
        effect: {
          status: 412,
          code: 'resource_unavailable',
          message: 'sold out',
        },
      },
    ]);
    const { body } = await create('ada', 'prod', {}, { onFailure: 'keep' });
    await portal.follow('ada', body.operation.id);
    const { body: failed } = await portal.call(
      'ada',
      'GET',
      '/environments/prod',
    );
    expect(failed.state).toBe('failed');
    expect(failed.sentence).toContain('Creating prod failed');
    await provider('normally');
    const retry = await portal.call(
      'ada',
      'POST',
      `/operations/${body.operation.id}/retry`,
    );
    expect(retry.status).toBe(202);
    await portal.follow('ada', retry.body.operation.id);
    const { body: shown } = await portal.call(
      'ada',
      'GET',
      '/environments/prod',
    );
    expect(shown.state).toBe('ready');
  });

  describe('a change', () => {
    it('is refused when stale, and when a field cannot change', async () => {
      await ready('ada', 'prod');
      const change = (revision: number, overrides: Overrides, name = 'prod') =>
        portal.call('ada', 'PUT', '/environments/prod', {
          environment: document(name, overrides),
          revision,
        });
      const stale = await change(7, {});
      expect(stale.status).toBe(409);
      expect(stale.body.error.message).toContain('is at revision 1');

      const moved = await change(
        1,
        {
          spec: {
            location: 'nbg1',
            network: { ipRange: '10.2.0.0/16', nodes: '10.2.1.0/24' },
          },
        },
        'other',
      );
      expect(moved.status).toBe(400);
      expect(moved.body.error.fields.map((f: any) => f.path)).toEqual([
        'metadata.name',
        'spec.location',
        'spec.network.ipRange',
        'spec.network.nodes',
      ]);
    });
  });

  it('keeps what is protected', async () => {
    await ready('ada', 'prod', { metadata: { protected: true } });
    const removal = await portal.call('ada', 'DELETE', '/environments/prod');
    expect(removal.status).toBe(409);
    expect(removal.body.error.message).toContain('protected');
  });

  describe('who may', () => {
    it('asks who somebody is', async () => {
      const response = await portal.call('anonymous', 'GET', '/environments');
      expect(response.status).toBe(401);
    });

    it('shows and lets change what one owns, and nothing else', async () => {
      await provider('nothing');
      const mine = (await create('bo', 'mine', teamA)).body;
      const ours = (await create('ada', 'ours')).body;

      const { body: seen } = await portal.call('bo', 'GET', '/environments');
      expect(seen.items.map((e: any) => e.name)).toEqual(['mine']);
      expect(seen.totalItems).toBe(1);
      const { body: operations } = await portal.call(
        'bo',
        'GET',
        '/operations',
      );
      expect(operations.items.map((o: any) => o.environment)).toEqual(['mine']);
      const { body: all } = await portal.call('ada', 'GET', '/environments');
      expect(all.totalItems).toBe(2);

      for (const [method, path, body] of [
        ['GET', '/environments/ours'],
        ['GET', '/environments/ours/resources'],
        ['GET', `/operations/${ours.operation.id}`],
        ['GET', `/operations?environment=ours`],
        [
          'PUT',
          '/environments/ours',
          { environment: document('ours'), revision: 1 },
        ],
        ['DELETE', '/environments/ours'],
        ['POST', '/environments/ours/reconcile'],
        ['POST', `/operations/${ours.operation.id}/cancel`],
        ['POST', `/operations/${ours.operation.id}/retry`],
      ] as const) {
        const response = await portal.call('bo', method, path, body);
        expect([path, response.status]).toEqual([path, 404]);
        const absent = await portal.call(
          'bo',
          method,
          path.replace('ours', 'none').replace(ours.operation.id, 'none'),
          body,
        );
        // Who may not read it cannot tell whether it exists.
        expect(absent.body.error.message).toBe(
          response.body.error.message
            .replace('ours', 'none')
            .replace(ours.operation.id, 'none'),
        );
      }
      const stream = await fetch(
        `${portal.url}/operations/${ours.operation.id}/events`,
        {
          headers: {
            Authorization: `Bearer mock-user-token:{"sub":"user:default/bo"}`,
          },
        },
      );
      expect(stream.status).toBe(404);

      const cancel = await portal.call(
        'bo',
        'POST',
        `/operations/${mine.operation.id}/cancel`,
      );
      expect(cancel.status).toBe(202);

      // Operations end when they will, and are audited then.
      const denials = () =>
        portal.audit.filter(
          ({ eventId, outcome }) =>
            outcome === 'fail' && eventId !== 'operation-outcome',
        );
      expect([...new Set(denials().map(({ eventId }) => eventId))]).toEqual([
        'environment-update',
        'environment-remove',
        'environment-reconcile',
        'operation-cancel',
        'operation-retry',
      ]);
      const removal = await portal.call('op', 'DELETE', '/environments/mine');
      expect(removal.status).toBe(403);
      expect(denials().at(-1)?.detail).toBe(
        'You lack the permission hetzner-infra.environment.remove for the environment mine.',
      );
    });

    it('refuses an owner that one is no member of, and a connection that is not meant for one', async () => {
      const foreign = await create('bo', 'prod');
      expect(foreign.status).toBe(403);
      expect(foreign.body.error.fields[0].path).toBe('metadata.owner');
      const unusable = await create('cy', 'prod', {
        metadata: { owner: 'group:default/team-b' },
      });
      expect(unusable.status).toBe(403);
      expect(unusable.body.error.fields[0].path).toBe(
        'spec.connections.hetzner',
      );
      const catalogue = await portal.call(
        'cy',
        'GET',
        '/catalogue?connection=sandbox',
      );
      expect(catalogue.status).toBe(403);
    });

    it('tells the permission backend its permissions, and decides its conditions', async () => {
      await create('bo', 'mine', teamA);
      const asPermissionBackend = (path: string, body?: object) =>
        fetch(`${portal.url}/.well-known/backstage/permissions/${path}`, {
          method: body ? 'POST' : 'GET',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer mock-service-token:{"sub":"plugin:permission"}`,
          },
          body: body && JSON.stringify(body),
        }).then(response => response.json());

      const metadata: any = await asPermissionBackend('metadata');
      expect(metadata.permissions.map((p: any) => p.name).sort()).toEqual(
        hetznerInfraPermissions.map(p => p.name).sort(),
      );
      expect(metadata.rules.map((r: any) => r.name)).toEqual([
        'IS_ENVIRONMENT_OWNER',
      ]);

      const decided: any = await asPermissionBackend('apply-conditions', {
        items: ['mine', 'none'].map(name => ({
          id: name,
          resourceRef: name,
          resourceType: 'hetzner-infra-environment',
          conditions: {
            rule: 'IS_ENVIRONMENT_OWNER',
            resourceType: 'hetzner-infra-environment',
            params: { claims: ['group:default/Team-A'] },
          },
        })),
      });
      expect(decided.items).toEqual([
        { id: 'mine', result: 'ALLOW' },
        { id: 'none', result: 'DENY' },
      ]);
    });

    it('lets the platform and services act for others', async () => {
      expect((await create('ada', 'for-a', teamA)).status).toBe(202);
      const made = await create('plugin:scaffolder', 'for-b', {
        metadata: { owner: 'group:default/team-b' },
      });
      expect(made.status).toBe(202);
      expect(made.body.operation.initiator).toBe('plugin:scaffolder');
    });

    it('denies everything to whom everything is denied', async () => {
      for (const [method, path, body] of [
        ['GET', '/environments'],
        ['GET', '/operations'],
        ['GET', '/connections'],
        ['GET', '/connections/sandbox'],
        ['GET', '/catalogue?connection=sandbox'],
        ['POST', '/quotes', { environment: document('prod') }],
        ['POST', '/environments', { environment: document('prod') }],
        ['DELETE', '/connections/sandbox'],
        ['POST', '/connections/sandbox/check'],
      ] as const) {
        const response = await portal.call('nobody', method, path, body);
        expect([path, response.status]).toEqual([path, 403]);
      }
      expect(
        portal.audit.map(({ eventId, outcome }) => [eventId, outcome]),
      ).toEqual([
        ['environment-create', 'fail'],
        ['connection-delete', 'fail'],
        ['connection-check', 'fail'],
      ]);
    });
  });

  it('refuses too many streams, and takes another when a client has gone', async () => {
    await provider('nothing');
    const { body } = await create('ada', 'prod');
    const { id } = body.operation;
    const clients = Array.from({ length: 50 }, () => new AbortController());
    const open = (signal?: AbortSignal) =>
      fetch(`${portal.url}/operations/${id}/events`, {
        headers: {
          Authorization: 'Bearer mock-user-token:{"sub":"user:default/ada"}',
        },
        signal,
      });
    const opened = await Promise.all(clients.map(c => open(c.signal)));
    expect(opened.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(((await refused.json()) as any).error.message).toContain(
      'You follow 50 operations',
    );
    clients[0].abort();
    const again = new AbortController();
    let status = 429;
    while (status === 429) {
      const response = await open(again.signal);
      status = response.status;
    }
    expect(status).toBe(200);
    [...clients, again].forEach(client => client.abort());
  });

  it('ends open streams when it stops', async () => {
    await provider('nothing');
    const { body } = await create('ada', 'prod');
    const following = portal.follow('ada', body.operation.id);
    // The stream is open once its first event is there.
    await portal.follow('ada', body.operation.id, { until: e => e.length > 0 });
    await portal.stop();
    const { ended } = await following;
    expect(ended).toBe(true);
  });

  describe('when the provider fails', () => {
    it.each([
      [401, 'unauthorized', false],
      [403, 'forbidden', false],
      [404, 'not_found', false],
      [429, 'rate_limit_exceeded', true],
      [500, 'server_error', true],
    ])(
      'turns its %d %s into a 503 with code, correlation id and what to do',
      async (status, code, isPassing) => {
        await sandbox.control('PUT', '/faults', [
          {
            id: 'fails',
            match: { method: 'GET', path: '/pricing' },
            times: null,
            effect: { status, code, message: 'no' },
          },
        ]);
        const response = await portal.call('ada', 'POST', '/quotes', {
          environment: document('prod'),
        });
        expect(response.status).toBe(503);
        expect(response.body.error).toMatchObject({
          name: 'ServiceUnavailableError',
          code,
          correlationId: expect.any(String),
        });
        const saysLater = /Try again in a minute/.test(
          response.body.error.message,
        );
        expect(saysLater).toBe(isPassing);
        expect(response.body.error.cause).toBeUndefined();
        expect(response.body.error.status).toBeUndefined();
      },
    );

    it('says so when nobody answers there', async () => {
      const other = await startSandbox();
      const lonely = await TestPortal.start({ sandbox: other });
      await other.stop();
      const response = await lonely.call('ada', 'POST', '/environments', {
        environment: document('prod'),
      });
      expect(response.status).toBe(503);
      expect(response.body.error.code).toBe('connection_failed');
      const { body } = await lonely.call('ada', 'GET', '/environments');
      expect(body.totalItems).toBe(0);
      await lonely.stop();
    });
  });
});
