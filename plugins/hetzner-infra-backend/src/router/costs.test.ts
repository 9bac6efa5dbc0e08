import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

const document = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'prod', owner: 'group:default/team-a' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
  },
};

describe('what an environment costs', () => {
  const databases = testDatabases();
  let sandbox: SandboxProcess;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({
      sandbox,
      knex: await migratedDatabase(databases, 'SQLITE_3'),
    });
  });
  afterEach(() => portal.stop());

  const create = async () => {
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document,
    });
    await portal.follow('ada', body.operation.id);
    return body.environment;
  };
  const get = (path: string, who = 'bo') => portal.call(who, 'GET', path);

  it('is recorded while it stands, and stays readable by its id', async () => {
    const { id } = await create();

    const { body: shown } = await get('/environments/prod');
    expect(shown.servers).toMatchObject({ wanted: 2, running: 2 });

    const { body: cost } = await get('/environments/prod/cost');
    expect(cost.month).toMatch(/^\d{4}-\d{2}$/);
    expect(cost.lines.map(({ key }: { key: string }) => key).sort()).toEqual([
      'control-plane',
      'load-balancer',
      'pool-web',
      'public-ipv4',
    ]);
    expect(Number(cost.totals[0].total)).toBeGreaterThan(0);

    const removal = await portal.call('ada', 'DELETE', '/environments/prod');
    await portal.follow('ada', removal.body.operation.id);
    expect((await get('/environments/prod/cost')).status).toBe(404);
    const { body: final } = await get(`/environments/${id}/cost`);
    expect(final.environment).toBe('prod');
    // Nothing exists any more, so nothing is added until the month ends.
    expect(final.totals[0].forecast).toBe(final.totals[0].total);
    expect((await get(`/environments/${id}/revisions`)).status).toBe(200);
  });

  it('is for those who may read the environment', async () => {
    const { id } = await create();
    for (const key of ['prod', id]) {
      expect((await get(`/environments/${key}/cost`, 'cy')).status).toBe(404);
      expect((await get(`/environments/${key}/revisions`, 'cy')).status).toBe(
        404,
      );
    }
  });

  it('refuses what is no month', async () => {
    await create();
    const { status } = await get('/environments/prod/cost?month=2026-13');
    expect(status).toBe(400);
  });

  it('comes with the documents it had, youngest first, and who wrote them', async () => {
    await create();
    const changed = {
      ...document,
      spec: {
        ...document.spec,
        pools: [{ ...document.spec.pools[0], max: 5 }],
      },
    };
    const { body } = await portal.call('bo', 'PUT', '/environments/prod', {
      environment: changed,
      revision: 1,
    });
    await portal.follow('ada', body.operation.id);

    const { body: history } = await get('/environments/prod/revisions');
    expect(history).toMatchObject({ current: 2, applied: 2 });
    expect(
      history.items.map((item: any) => [
        item.revision,
        item.createdBy,
        item.document.spec.pools[0].max,
      ]),
    ).toEqual([
      [2, 'user:default/bo', 5],
      [1, 'user:default/ada', 2],
    ]);
    const { body: last } = await get('/environments/prod/revisions?limit=1');
    expect(last.items).toHaveLength(1);
    const { body: before } = await get(
      `/environments/prod/revisions?limit=1&cursor=${last.nextCursor}`,
    );
    expect(before.items.map((item: any) => item.revision)).toEqual([1]);
    expect(before.nextCursor).toBeUndefined();
    expect(history.nextCursor).toBeUndefined();
    const odd = await get('/environments/prod/revisions?cursor=x');
    expect([odd.status, odd.body.error.message]).toEqual([
      400,
      'The cursor is unknown. Start at the first page.',
    ]);
  });
});
