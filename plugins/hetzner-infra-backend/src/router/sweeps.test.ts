import {
  coreServices,
  createServiceFactory,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { addNeighbours, everythingIn } from '../__testUtils__/neighbours';
import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { TestPortal } from '../__testUtils__/testPortal';
import { connectHetzner } from '../clouds/hetzner/connectHetzner';
import type { HetznerConnection } from '../clouds/hetzner/HetznerCloud';

jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString();

const document = (name: string, metadata: object = {}) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/team-a', ...metadata },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
  },
});

describe('what the portal finds by itself', () => {
  const databases = testDatabases();
  let sandbox: JudgedSandbox;
  let cloud: HetznerConnection;
  let knex: Knex;
  let portal: TestPortal;
  let scheduler: SchedulerService;
  let neighbours: string[];

  const start = async (config: Record<string, unknown> = {}) => {
    scheduler = mockServices.scheduler();
    portal = await TestPortal.start({
      sandbox,
      knex,
      config,
      features: [
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
  };
  const sweep = (which: 'drift' | 'expiry' | 'orphans') =>
    scheduler.triggerTask(`hetzner-infra-${which}`);

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    cloud = connectHetzner({
      token: 'sandbox',
      endpoint: sandbox.hetznerEndpoint,
    });
    await addNeighbours(cloud);
    neighbours = await everythingIn(cloud);
    knex = await migratedDatabase(databases, 'SQLITE_3');
    await start();
  });
  afterEach(async () => {
    await portal.stop();
    const left = await everythingIn(cloud);
    if (!neighbours.every(neighbour => left.includes(neighbour))) {
      throw new Error(`A neighbour was touched. Left are ${left.join(', ')}.`);
    }
    cloud.close();
    await sandbox.requireDescribedRequests();
  });

  const ready = async (name: string, metadata?: object): Promise<string> => {
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document(name, metadata),
    });
    await portal.follow('ada', body.operation.id);
    return body.environment.id;
  };
  /** As if the time of an environment had been over for an hour. */
  const letEnd = async (id: string) => {
    const row = await knex('environments').where({ id }).first('document');
    const stored = JSON.parse(row.document);
    stored.metadata.expiresAt = inHours(-1);
    await knex('environments')
      .where({ id })
      .update({ document: JSON.stringify(stored) });
  };
  const get = async (path: string, who = 'ada') =>
    (await portal.call(who, 'GET', path)).body;
  const remove = async (name: string) => {
    const { body } = await portal.call(
      'ada',
      'DELETE',
      `/environments/${name}`,
    );
    await portal.follow('ada', body.operation.id);
  };
  const deleteServer = async (name: string) => {
    const [server] = await cloud.listAll('/servers', { name });
    const { action } = await cloud.delete('/servers/{id}', {
      path: { id: server.id },
    });
    await cloud.waitFor([action]);
  };

  describe('drift', () => {
    it('is found, told once, put right by an operation, and kept as an interval', async () => {
      await ready('prod');
      await ready('calm');
      await deleteServer('prod-web-1-g1');
      await sweep('drift');

      const open = {
        key: 'web-1',
        kind: 'server',
        name: 'prod-web-1-g1',
        differences: ['It does not exist.'],
      };
      const found = await get('/environments/prod/drift', 'bo');
      expect(found).toMatchObject({ open: 1, looked: false });
      expect(found.items).toEqual([expect.objectContaining(open)]);
      expect(found.items[0].goneAt).toBeUndefined();
      const { items } = await get('/environments');
      expect(items.map((e: any) => [e.name, e.drift.open])).toEqual([
        ['calm', 0],
        ['prod', 1],
      ]);
      expect(portal.notifications).toEqual([
        {
          recipients: {
            type: 'entity',
            entityRef: 'group:default/team-a',
          },
          payload: expect.objectContaining({
            title: 'One resource of prod differs from what is wanted',
            description: expect.stringContaining(
              'prod-web-1-g1: It does not exist.',
            ),
            link: '/hetzner/environments/prod',
          }),
        },
      ]);

      await sweep('drift');
      expect(portal.notifications).toHaveLength(1);

      const { body } = await portal.call(
        'bo',
        'POST',
        '/environments/prod/reconcile',
      );
      await portal.follow('bo', body.operation.id);
      await until(
        async () => (await get('/environments/prod/drift')).open === 0,
      );
      const after = await get('/environments/prod/drift');
      expect(after.items).toEqual([expect.objectContaining(open)]);
      expect(Date.parse(after.items[0].goneAt)).toBeGreaterThanOrEqual(
        Date.parse(after.items[0].foundAt),
      );
    });

    it('is found on demand, in words', async () => {
      await ready('prod');
      const [balancer] = await cloud.listAll('/load_balancers', {
        name: 'prod-load-balancer',
      });
      const { action } = await cloud.post(
        '/load_balancers/{id}/actions/change_algorithm',
        { path: { id: balancer.id }, body: { type: 'least_connections' } },
      );
      await cloud.waitFor([action]);
      const { body } = await portal.call(
        'bo',
        'POST',
        '/environments/prod/drift',
      );
      expect(body).toMatchObject({ open: 1, looked: true });
      expect(body.items[0]).toMatchObject({
        kind: 'load-balancer',
        providerId: String(balancer.id),
      });
      expect(body.items[0].differences.join()).toMatch(/least_connections/);
    });

    it('is not looked for while an operation works', async () => {
      await sandbox.control('PUT', '/faults', [
        {
          id: 'down',
          match: { method: 'POST', path: '/networks' },
          times: null,
          effect: { status: 503, code: 'unavailable', message: 'down' },
        },
      ]);
      await portal.call('ada', 'POST', '/environments', {
        environment: document('prod'),
      });
      await sweep('drift');
      const { body } = await portal.call(
        'ada',
        'POST',
        '/environments/prod/drift',
      );
      expect(body).toEqual({ open: 0, looked: false, items: [] });
      await sandbox.control('PUT', '/faults', []);
    });

    it('is nobody’s business but that of who may read the environment', async () => {
      await ready('prod');
      for (const method of ['GET', 'POST'] as const) {
        const { status } = await portal.call(
          'cy',
          method,
          '/environments/prod/drift',
        );
        expect(status).toBe(404);
      }
    });
  });

  describe('orphans', () => {
    it('are what carries the labels of a removed environment, removed one by one by name', async () => {
      const id = await ready('prod');
      const [{ labels }] = await cloud.listAll('/servers', {
        name: 'prod-web-1-g1',
      });
      await remove('prod');
      const { volume, action } = await cloud.post('/volumes', {
        body: { name: 'left', size: 50, location: 'fsn1', labels },
      });
      await cloud.waitFor([action]);

      const list = await get('/orphans?fresh=true');
      expect(list.items).toEqual([
        expect.objectContaining({
          id: `sandbox.volume.${volume.id}`,
          kind: 'volume',
          name: 'left',
          environment: 'prod',
          environmentId: id,
          reason: 'removed',
          sentence: 'Its environment prod was removed.',
          adoptable: false,
          currency: 'EUR',
        }),
      ]);
      expect(list.monthly).toEqual([
        { currency: 'EUR', monthly: list.items[0].monthly },
      ]);
      expect(Number(list.items[0].monthly)).toBeGreaterThan(0);

      const path = `/orphans/sandbox.volume.${volume.id}`;
      const refused = await portal.call('ada', 'DELETE', path, {
        name: 'prod',
      });
      expect(refused.status).toBe(400);
      const adopted = await portal.call('ada', 'POST', `${path}/adopt`, {
        environment: 'prod',
        owner: 'group:default/team-a',
      });
      expect(adopted.status).toBe(409);
      expect((await portal.call('bo', 'GET', '/orphans')).status).toBe(403);
      expect(
        (await portal.call('bo', 'DELETE', path, { name: 'left' })).status,
      ).toBe(403);

      const gone = await portal.call('ada', 'DELETE', path, { name: 'left' });
      expect(gone.status).toBe(204);
      expect((await get('/orphans')).items).toEqual([]);
      expect(await everythingIn(cloud)).toEqual(neighbours);
      expect(
        portal.audit.filter(({ eventId }) => eventId === 'orphan-remove'),
      ).toEqual([
        expect.objectContaining({ outcome: 'fail' }),
        expect.objectContaining({ outcome: 'fail' }),
        expect.objectContaining({
          outcome: 'success',
          meta: { orphan: `sandbox.volume.${volume.id}`, name: 'left' },
        }),
      ]);
    });

    it('are what its cluster made, also when the network is gone; not while it stands', async () => {
      await ready('prod');
      const [network] = await cloud.listAll('/networks', {
        name: 'prod-network',
      });
      const made = await cloud.post('/load_balancers', {
        body: {
          name: 'of-a-service',
          load_balancer_type: 'lb11',
          location: 'fsn1',
          network: network.id,
          labels: { 'hcloud-ccm/service-uid': 'abc' },
        },
      });
      await cloud.waitFor([made.action]);
      await sweep('orphans');
      expect((await get('/orphans')).items).toEqual([]);
      const path = `/orphans/sandbox.load-balancer.${made.load_balancer.id}`;
      const standing = await portal.call('ada', 'DELETE', path, {
        name: 'of-a-service',
      });
      expect(standing.status).toBe(404);

      await remove('prod');
      const { items } = await get('/orphans?fresh=true');
      expect(items.map((o: any) => [o.name, o.reason, o.environment])).toEqual([
        ['of-a-service', 'left', 'prod'],
      ]);
      const gone = await portal.call('ada', 'DELETE', path, {
        name: 'of-a-service',
      });
      expect(gone.status).toBe(204);
      expect(await everythingIn(cloud)).toEqual(neighbours);
    });

    it('are not what belongs to somebody else, whatever its id', async () => {
      for (const [path, kind] of [
        ['/load_balancers', 'load-balancer'],
        ['/firewalls', 'firewall'],
        ['/placement_groups', 'placement-group'],
        ['/volumes', 'volume'],
        ['/networks', 'network'],
      ] as const) {
        const [{ id, name }] = (await cloud.listAll(path)) as any[];
        const { status } = await portal.call(
          'ada',
          'DELETE',
          `/orphans/sandbox.${kind}.${id}`,
          { name },
        );
        expect(status).toBe(404);
      }
      for (const id of [
        'sandbox.server.0',
        'nowhere.server.1',
        'x',
        'a.b.c.d',
      ]) {
        const { status } = await portal.call(
          'ada',
          'DELETE',
          `/orphans/${id}`,
          {
            name: 'x',
          },
        );
        expect(status).toBe(404);
      }
    });

    it('stay where the provider protects them or something is in them', async () => {
      await ready('prod');
      await knex('environments').update({
        state: 'removed',
        removed_at: Date.now() - 1000,
      });
      const { items } = await get('/orphans?fresh=true');
      expect(items.map((o: any) => o.kind)).toEqual(
        expect.arrayContaining(['server', 'load-balancer', 'network']),
      );
      const tryTo = async (name: string) => {
        const { id } = items.find((o: any) => o.name === name);
        const { status, body } = await portal.call(
          'ada',
          'DELETE',
          `/orphans/${id}`,
          { name },
        );
        return [status, body.error?.message];
      };
      expect(await tryTo('prod-network')).toEqual([
        409,
        expect.stringContaining('still in it'),
      ]);
      expect(await tryTo('prod-control-plane-1-g1')).toEqual([
        409,
        expect.stringContaining('protected at the provider'),
      ]);
    });
  });

  describe('after an older database was restored', () => {
    const forget = async (id: string) => {
      await knex('operation_steps').delete();
      await knex('operation_events').delete();
      for (const table of [
        'operations',
        'environment_secrets',
        'environment_revisions',
        'priced_lifetimes',
        'drift_findings',
        'drift_looks',
        'cluster_resources',
        'expiry_notices',
      ]) {
        await knex(table).where('environment_id', id).delete();
      }
      await knex('environments').where({ id }).delete();
    };

    it('nothing is removed, and what it does not know is adopted by name', async () => {
      const id = await ready('prod');
      const before = await everythingIn(cloud);
      await forget(id);
      await sweep('drift');
      await sweep('orphans');
      await sweep('expiry');
      expect(await everythingIn(cloud)).toEqual(before);

      const { items } = await get('/orphans?fresh=true');
      expect(items).toHaveLength(before.length - neighbours.length);
      expect(items[0]).toMatchObject({
        reason: 'unknown',
        environment: 'prod',
        adoptable: true,
      });
      const path = `/orphans/${items[0].id}/adopt`;
      const owner = 'group:default/team-a';
      const wrong = await portal.call('ada', 'POST', path, {
        environment: 'production',
        owner,
      });
      expect(wrong.status).toBe(400);
      const denied = await portal.call('bo', 'POST', path, {
        environment: 'prod',
        owner,
      });
      expect(denied.status).toBe(403);

      const { status, body } = await portal.call('ada', 'POST', path, {
        environment: 'prod',
        owner,
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, name: 'prod', state: 'ready', owner });
      expect(body.document.metadata.protected).toBe(true);
      expect(await everythingIn(cloud)).toEqual(before);
      expect((await get('/orphans?fresh=true')).items).toEqual([]);
      const drift = await portal.call(
        'ada',
        'POST',
        '/environments/prod/drift',
      );
      expect(drift.body).toMatchObject({ open: 0, looked: true });
      const removal = await portal.call('ada', 'DELETE', '/environments/prod');
      expect(removal.status).toBe(409);
    });

    it('an environment of the same name keeps it', async () => {
      const id = await ready('prod');
      await forget(id);
      const [orphan] = (await get('/orphans?fresh=true')).items;
      await sandbox.control('PUT', '/faults', [
        {
          id: 'down',
          match: { method: 'POST', path: '/ssh_keys' },
          times: null,
          effect: { status: 503, code: 'unavailable', message: 'down' },
        },
      ]);
      const created = await portal.call('ada', 'POST', '/environments', {
        environment: document('prod'),
      });
      expect(created.status).toBe(202);
      const { status } = await portal.call(
        'ada',
        'POST',
        `/orphans/${orphan.id}/adopt`,
        { environment: 'prod', owner: 'group:default/team-a' },
      );
      expect(status).toBe(409);
      await sandbox.control('PUT', '/faults', []);
    });
  });

  describe('expiry', () => {
    it('warns, and removes by an operation when the time is over', async () => {
      await portal.stop();
      await start({ sweeps: { expiry: { warnHoursBefore: [0.0001] } } });
      const id = await ready('preview', { expiresAt: inHours(1) });
      await letEnd(id);
      await ready('other', { expiresAt: inHours(1) });
      await sweep('expiry');
      expect(portal.notifications.map(n => n.payload.title)).toEqual([
        'preview is removed in about an hour',
      ]);
      expect((await get('/environments/preview')).state).toBe('ready');

      await until(async () => {
        await sweep('expiry');
        const { items } = await get(`/operations?environment=${id}`);
        return items[0].goal === 'remove';
      });
      const { items } = await get(`/operations?environment=${id}`);
      expect(items[0].initiator).toBe('plugin:hetzner-infra/expiry');
      await portal.follow('ada', items[0].id);
      const { items: left } = await get('/environments');
      expect(left.map((e: any) => e.name)).toEqual(['other']);
      expect(
        portal.audit.filter(({ eventId }) => eventId === 'operation-outcome'),
      ).toContainEqual(
        expect.objectContaining({
          outcome: 'success',
          meta: expect.objectContaining({
            initiator: 'plugin:hetzner-infra/expiry',
          }),
        }),
      );
    });

    it('is tried again when the removal failed, told to the owner, and never when it is protected since', async () => {
      await portal.stop();
      await start({ sweeps: { expiry: { warnHoursBefore: [0.0001] } } });
      const id = await ready('preview', { expiresAt: inHours(1) });
      await letEnd(id);
      await sandbox.control('PUT', '/faults', [
        {
          id: 'kept',
          match: { method: 'DELETE', path: '/networks/*' },
          times: null,
          effect: { status: 423, code: 'protected', message: 'kept' },
        },
      ]);
      const removals = async () =>
        (await get(`/operations?environment=${id}&goal=remove`)).items;
      const removed = async (count: number) => {
        await until(async () => {
          await sweep('expiry');
          return (await removals()).length === count;
        });
        await portal.follow('ada', (await removals())[0].id);
        return (await removals())[0];
      };
      /** As if the last removal had failed so long ago. */
      const letPass = async (minutes: number) => {
        const [last] = await removals();
        await knex('operations')
          .where('id', last.id)
          .update({ finished_at: Date.now() - minutes * 60_000 });
      };
      expect(await removed(1)).toMatchObject({ state: 'failed' });
      portal.notifications.length = 0;
      await sweep('expiry');
      await sweep('expiry');
      expect(portal.notifications.map(({ payload }) => payload)).toEqual([
        expect.objectContaining({
          title: 'preview could not be removed; its time is over',
          description: expect.stringMatching(
            /Kept.*The portal tries again at 20/,
          ),
        }),
      ]);
      expect(await removals()).toHaveLength(1);

      await letPass(6);
      expect(await removed(2)).toMatchObject({
        state: 'failed',
        initiator: 'plugin:hetzner-infra/expiry',
      });

      await sweep('expiry');
      await letPass(60);
      const protect = (isProtected: boolean) =>
        knex('environments')
          .where({ id })
          .first('document')
          .then(({ document: text }) => {
            const stored = JSON.parse(text);
            stored.metadata.protected = isProtected;
            return knex('environments')
              .where({ id })
              .update({ document: JSON.stringify(stored) });
          });
      await protect(true);
      portal.notifications.length = 0;
      await sweep('expiry');
      await sweep('expiry');
      expect(portal.notifications.map(n => n.payload.title)).toEqual([
        'The time of preview is over, and it stays: it is protected',
      ]);
      expect(await removals()).toHaveLength(2);

      await protect(false);
      await sandbox.control('PUT', '/faults', []);
      expect(await removed(3)).toMatchObject({ state: 'succeeded' });
      expect((await get('/environments')).items).toEqual([]);
    });

    it('tells once that a protected one stays', async () => {
      await letEnd(
        await ready('prod', { expiresAt: inHours(1), protected: true }),
      );
      await sweep('expiry');
      await sweep('expiry');
      expect(portal.notifications.map(n => n.payload.title)).toEqual([
        'The time of prod is over, and it stays: it is protected',
      ]);
      expect((await get('/environments/prod')).state).toBe('ready');
    });

    it('is put off by who may change the environment, at once and audited', async () => {
      await ready('preview', { expiresAt: inHours(0.5) });
      await sweep('expiry');
      expect(portal.notifications).toHaveLength(1);
      const path = '/environments/preview/extend';
      const until_ = inHours(48);

      expect(
        (await portal.call('cy', 'POST', path, { until: until_ })).status,
      ).toBe(404);
      for (const until__ of ['tomorrow', inHours(-1), inHours(0.1)]) {
        const { status, body } = await portal.call('bo', 'POST', path, {
          until: until__,
        });
        expect(status).toBe(400);
        expect(body.error.fields[0].path).toBe('until');
      }
      const before = (await sandbox.requests()).length;
      const { status, body } = await portal.call('op', 'POST', path, {
        until: until_,
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'ready',
        revision: 2,
        expiresAt: until_,
      });
      expect(await sandbox.requests()).toHaveLength(before);
      expect(await get('/environments/preview/revisions')).toMatchObject({
        current: 2,
        applied: 2,
        items: [{ createdBy: 'user:default/op' }, {}],
      });
      expect(portal.audit.at(-1)).toMatchObject({
        eventId: 'environment-extend',
        outcome: 'success',
      });
      await sweep('expiry');
      expect(portal.notifications).toHaveLength(1);
    });

    it('has nothing to extend where there is no end', async () => {
      await ready('prod');
      const { status } = await portal.call(
        'ada',
        'POST',
        '/environments/prod/extend',
        { until: inHours(1) },
      );
      expect(status).toBe(409);
    });
  });
});

/** Waits for a condition; the test's own timeout ends it. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
