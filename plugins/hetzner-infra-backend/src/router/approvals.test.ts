import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

const document = (
  name: string,
  { max = 1, location = 'fsn1', min = 1 } = {},
) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/team-a' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location,
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min, max }],
  },
});

const rule = (budget: string) => ({
  group: 'group:default/team-a',
  locations: ['fsn1'],
  serverTypes: ['cx23', 'cx43'],
  maxServersPerPool: 3,
  maxServers: 4,
  budget: {
    monthly: budget,
    currency: 'EUR',
    approvers: 'group:default/platform',
  },
});

describe('guardrails over HTTP', () => {
  const databases = testDatabases();
  let sandbox: JudgedSandbox;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());
  afterEach(async () => {
    await portal.stop();
    await sandbox.requireDescribedRequests();
  });

  const start = async (
    budget: string,
    more: object = {},
    features: BackendFeature[] = [],
  ) => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({
      sandbox,
      features,
      config: { guardrails: { groups: [rule(budget)], ...more } },
    });
  };

  const post = (who: string, path: string, body: object) =>
    portal.call(who, 'POST', path, body);

  const ask = async (name = 'shop', more = {}) => {
    const { status, body } = await post('bo', '/environments', {
      environment: document(name, more),
    });
    expect([status, body.error]).toEqual([202, undefined]);
    return body.operation;
  };

  const read = async (id: string, who = 'bo') =>
    (await portal.call(who, 'GET', `/operations/${id}`)).body;

  const isWaiting = ({ state }: { state: string }) =>
    state === 'awaiting-approval';

  const providerRequests = async () =>
    ((await sandbox.control('GET', '/record?since=0')) as any).requests.filter(
      ({ method }: any) => method !== 'GET',
    ).length;

  it.each([
    ['spec.location', { location: 'nbg1' }],
    ['spec.pools.0.max', { max: 4 }],
  ])('refuses %s in quote and order', async (path, change) => {
    await start('1000');
    for (const call of ['/quotes', '/environments']) {
      const { status, body } = await post('bo', call, {
        environment: document('shop', change),
      });
      expect(status).toBe(400);
      expect(body.error.fields.map((field: any) => field.path)).toContain(path);
      expect(body.error.message).toContain('group:default/team-a');
    }
    const { body } = await portal.call('ada', 'GET', '/environments');
    expect(body.totalItems).toBe(0);
  });

  it('lets what is within the budget begin at once', async () => {
    await start('1000');
    const { body } = await post('bo', '/quotes', {
      environment: document('shop'),
    });
    expect(body.warnings).toEqual([]);
    const operation = await ask();
    expect(operation.approval).toBeUndefined();
    const { events } = await portal.follow('bo', operation.id);
    expect(events.at(-1)!.data.operation.state).toBe('succeeded');
  });

  it('says before the click that it waits, touches nothing, and begins when a member approved', async () => {
    await start('10');
    const { body: quote } = await post('bo', '/quotes', {
      environment: document('shop'),
    });
    expect(quote.warnings).toContainEqual({
      code: 'approval-needed',
      params: {
        owner: expect.any(String),
        total: expect.any(String),
        currency: 'EUR',
        budget: expect.any(String),
        group: 'group:default/platform',
      },
      message: expect.stringContaining(
        'Nothing is touched before a member of group:default/platform approves it.',
      ),
      blocking: false,
    });
    const before = await providerRequests();
    const { id } = await ask();
    const waiting = await read(id);
    expect(waiting).toMatchObject({
      state: 'awaiting-approval',
      sentence: 'Creating shop waits for approval by group:default/platform.',
      approval: {
        group: 'group:default/platform',
        monthly: quote.totals[0].monthly,
        currency: 'EUR',
        budget: '10.00',
      },
    });
    expect(await providerRequests()).toBe(before);

    // It is the environment's one operation.
    const { status, body } = await portal.call(
      'bo',
      'PUT',
      '/environments/shop',
      { environment: document('shop'), revision: 1 },
    );
    expect([status, body.error.operationId]).toEqual([409, id]);

    const { monthly } = waiting.approval;
    const approve = (who: string, price = monthly) =>
      post(who, `/operations/${id}/approve`, { monthly: price });
    expect((await approve('bo')).status).toBe(403);
    expect((await approve('op')).status).toBe(403);
    expect((await approve('cy')).status).toBe(404);
    const other = await approve('ada', '1');
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain(monthly);
    expect((await read(id)).state).toBe('awaiting-approval');

    expect((await approve('ada')).status).toBe(202);
    const { events } = await portal.follow('bo', id);
    const last = events.at(-1)!.data.operation;
    expect(last).toMatchObject({
      state: 'succeeded',
      approval: {
        decision: { kind: 'approved', by: 'user:default/ada' },
      },
    });
    expect((await approve('ada')).status).toBe(409);
    expect(
      portal.audit
        .filter(({ eventId }) => eventId === 'operation-approve')
        .map(({ outcome }) => outcome),
    ).toEqual(['fail', 'fail', 'fail', 'fail', 'success', 'fail']);
  });

  it.each(databases.eachSupportedId())(
    'lets one of several that are asked for at once begin, when the budget is enough for one, on %p',
    async databaseId => {
      await sandbox.control('DELETE', '/state');
      portal = await TestPortal.start({
        sandbox,
        knex: await migratedDatabase(databases, databaseId),
        config: { guardrails: { groups: [rule('40')] } },
      });
      const asked = await Promise.all(['one', 'two', 'three'].map(n => ask(n)));
      expect(asked.filter(isWaiting)).toHaveLength(2);
      // Each sees what was stored before it, whether it waits or not.
      const waiting = asked.flatMap(({ approval }) => approval ?? []);
      const [{ monthly }] = waiting;
      expect(waiting.map(({ total }) => Number(total)).sort()).toEqual(
        [2, 3].map(count => Number((count * Number(monthly)).toFixed(2))),
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'lets one of two changes that are asked for at once begin, when the budget is enough for one, on %p',
    async databaseId => {
      await sandbox.control('DELETE', '/state');
      portal = await TestPortal.start({
        sandbox,
        knex: await migratedDatabase(databases, databaseId),
        config: { guardrails: { groups: [rule('80')] } },
      });
      for (const name of ['one', 'two']) {
        const { id } = await ask(name);
        await portal.follow('bo', id);
      }
      const asked = await Promise.all(
        ['one', 'two'].map(async name => {
          const { body } = await portal.call(
            'bo',
            'PUT',
            `/environments/${name}`,
            {
              environment: document(name, { min: 2, max: 2 }),
              revision: 1,
            },
          );
          return body.operation;
        }),
      );
      expect(asked.filter(isWaiting)).toHaveLength(1);
    },
  );

  it('never lets who asked approve, though a member', async () => {
    await start('10');
    const { body } = await post('ada', '/environments', {
      environment: document('shop'),
    });
    const { id, approval } = body.operation;
    const refused = await post('ada', `/operations/${id}/approve`, {
      monthly: approval.monthly,
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('who asked for it');
  });

  it('ends with the reason of a rejection, and leaves nothing', async () => {
    await start('10');
    const before = await providerRequests();
    const { id } = await ask();
    expect(
      (await post('ada', `/operations/${id}/reject`, { reason: '' })).status,
    ).toBe(400);
    const { status } = await post('ada', `/operations/${id}/reject`, {
      reason: 'Use staging.',
    });
    expect(status).toBe(202);
    const { events } = await portal.follow('ada', id);
    expect(events.at(-1)!.data.operation).toMatchObject({
      state: 'cancelled',
      sentence:
        'Creating shop was not approved. user:default/ada rejected it: Use staging.',
      error: { code: 'approval-rejected' },
      approval: { decision: { kind: 'rejected', reason: 'Use staging.' } },
    });
    expect((await portal.call('ada', 'GET', '/environments/shop')).status).toBe(
      404,
    );
    expect(await providerRequests()).toBe(before);
  });

  it('goes back to what was when a change is rejected or cancelled', async () => {
    await start('40');
    const created = await ask('shop', { max: 2 });
    await portal.follow('bo', created.id);
    const change = async () => {
      const { body } = await portal.call('bo', 'PUT', '/environments/shop', {
        environment: document('shop', { min: 2, max: 2 }),
        revision: (
          await portal.call('bo', 'GET', '/environments/shop')
        ).body.revision,
      });
      return body.operation;
    };
    const dearer = await change();
    expect(dearer.state).toBe('awaiting-approval');
    await post('ada', `/operations/${dearer.id}/reject`, { reason: 'No.' });
    const environment = async () =>
      (await portal.call('bo', 'GET', '/environments/shop')).body;
    expect(await environment()).toMatchObject({ state: 'ready', revision: 1 });

    const again = await change();
    await portal.call('bo', 'POST', `/operations/${again.id}/cancel`);
    expect((await read(again.id)).state).toBe('cancelled');
    expect(await environment()).toMatchObject({ state: 'ready', revision: 1 });

    // What costs no more needs nobody.
    const { body } = await portal.call('bo', 'PUT', '/environments/shop', {
      environment: document('shop', { min: 1, max: 3 }),
      revision: 1,
    });
    expect(body.operation.approval).toBeUndefined();
    await portal.follow('bo', body.operation.id);
  });

  it('is over when nobody decides in time', async () => {
    const scheduler = mockServices.scheduler();
    await start('10', { approvalDays: 1e-9 }, [
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
    ]);
    const { id, approval } = await ask();
    const late = await post('ada', `/operations/${id}/approve`, {
      monthly: approval.monthly,
    });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain('its time for approval is over');
    await scheduler.triggerTask('expire-approvals');
    const { events } = await portal.follow('bo', id);
    expect(events.at(-1)!.data.operation).toMatchObject({
      state: 'cancelled',
      error: { code: 'approval-expired' },
    });
  });

  it('tells the group that may approve, and who asked', async () => {
    await start('10');
    const { id } = await ask();
    await post('ada', `/operations/${id}/reject`, { reason: 'No.' });
    expect(
      portal.notifications.map(({ recipients, payload }) => [
        'entityRef' in recipients && recipients.entityRef,
        payload.title,
        payload.link,
      ]),
    ).toEqual([
      ['group:default/platform', 'Approve shop?', `/hetzner/operations/${id}`],
      ['user:default/bo', 'shop was not approved', `/hetzner/operations/${id}`],
    ]);
  });
});
