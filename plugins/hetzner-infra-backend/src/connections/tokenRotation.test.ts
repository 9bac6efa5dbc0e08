import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { countAwaitedTokens } from '../operations/store/countAwaitedTokens';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

const databases = testDatabases();
/** Of all starts on one database. */
const sealing = {
  keys: [{ id: 'test', secret: randomBytes(32).toString('base64') }],
};
const OLD = 'shop.old';
const NEW = 'shop.new';

const connection = (token: string) => ({
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/platform'],
  secrets: { token },
});

const document = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'prod', owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'shop' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 2 }],
  },
};

describe.each(databases.eachSupportedId())('a token on %p', id => {
  let sandbox: SandboxProcess;
  let knex: Knex;
  let portal: TestPortal;

  const put = (token: string) =>
    portal.call('ada', 'PUT', '/connections/shop', connection(token));

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    await sandbox.control('PUT', '/settings', { revokedTokens: [] });
    knex = await migratedDatabase(databases, id);
    portal = await TestPortal.start({ sandbox, knex, config: { sealing } });
    await put(OLD);
  });
  afterEach(async () => {
    await portal.stop();
  });

  const revoke = (token: string) =>
    sandbox.control('PUT', '/settings', { revokedTokens: [token] });
  const names = async (path: string) => {
    const response = await fetch(`${sandbox.hetznerEndpoint}${path}`, {
      headers: { Authorization: `Bearer ${NEW}` },
    });
    const items = Object.values(await response.json())[0] as { name: string }[];
    return items.map(({ name }) => name).sort();
  };

  /** Begins to create the environment, and stops it before it sends this request. */
  async function createUpTo(key: string, when: 'before' | 'after' = 'before') {
    const hold = (await sandbox.control('POST', '/holds', {
      match: { key },
      nth: 1,
      when,
    })) as { id: number };
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document,
    });
    expect(
      await sandbox.control('GET', `/holds/${hold.id}?waitSeconds=60`),
    ).toMatchObject({ state: 'held' });
    return {
      operation: body.operation.id as string,
      goOn: () => sandbox.control('POST', `/holds/${hold.id}/release`),
    };
  }

  /** Ends the backend, and the request that is held gets no answer. */
  async function stopUnanswered() {
    const stopped = portal.stop();
    await sandbox.control('DELETE', '/holds');
    await stopped;
  }

  /** What was made beside the request that is held is deleted in the console. */
  async function emptyProject() {
    const headers = { Authorization: `Bearer ${NEW}` };
    for (const path of ['/firewalls', '/placement_groups', '/ssh_keys']) {
      const address = `${sandbox.hetznerEndpoint}${path}`;
      const response = await fetch(address, { headers });
      const items = Object.values(await response.json())[0] as { id: number }[];
      for (const { id: made } of items) {
        const method = 'DELETE';
        await fetch(`${address}/${made}`, { method, headers });
      }
      expect(await names(path)).toEqual([]);
    }
    expect(await names('/networks')).toEqual([]);
  }

  async function expectComplete(operation: string) {
    const { events } = await portal.follow('ada', operation);
    const { body } = await portal.call(
      'ada',
      'GET',
      `/operations/${operation}`,
    );
    expect(body).toMatchObject({ state: 'succeeded' });
    expect(await names('/servers')).toEqual([
      'prod-control-plane-1-g1',
      'prod-web-1-g1',
      'prod-web-2-g1',
    ]);
    expect(await names('/networks')).toEqual(['prod-network']);
    expect(await names('/load_balancers')).toEqual(['prod-load-balancer']);
    return events;
  }

  it('is replaced while an operation runs, which goes on with the new one at its next call', async () => {
    const { operation, goOn } = await createUpTo('POST /servers prod-web-1-g1');
    const replaced = await put(NEW);
    expect(replaced.status).toBe(200);
    await revoke(OLD);
    await goOn();
    const events = await expectComplete(operation);
    expect(JSON.stringify(events)).not.toContain('unauthorized');
    expect(portal.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'connection-put',
        meta: { connection: 'shop', secrets: ['token'] },
        outcome: 'success',
      }),
    );
  });

  it('of another project is refused while the first resource is being made', async () => {
    const { operation, goOn } = await createUpTo(
      'POST /networks prod-network',
      'after',
    );
    const other = await put('elsewhere.token');
    expect(other.status).toBe(400);
    expect(other.body.error.fields[0].message).toContain(
      'This token is of another project: it does not see prod.',
    );
    expect((await put(NEW)).status).toBe(200);
    await goOn();
    await expectComplete(operation);
  });

  it('goes on after a start, though nothing is there of what was begun with it', async () => {
    const { operation } = await createUpTo('POST /networks prod-network');
    await stopUnanswered();
    await emptyProject();
    portal = await TestPortal.start({ sandbox, knex, config: { sealing } });
    expect(JSON.stringify(await expectComplete(operation))).not.toContain(
      'waits for another token',
    );
  });

  it('is taken on the word of the platform, when the old one is gone before anything was made', async () => {
    const { operation } = await createUpTo('POST /networks prod-network');
    await revoke(OLD);
    await stopUnanswered();
    await emptyProject();
    portal = await TestPortal.start({ sandbox, knex, config: { sealing } });
    const refused = await put(NEW);
    expect(refused.body.error.fields[0].message).toContain(
      'it does not see prod',
    );
    const confirm = (who: string, name = 'shop') =>
      portal.call(who, 'POST', `/connections/${name}/confirm-project`);
    expect((await confirm('cy')).status).toBe(403);
    expect((await confirm('ada', 'nowhere')).status).toBe(404);
    expect((await put(NEW)).status).toBe(400);
    expect((await confirm('ada')).status).toBe(204);
    expect(portal.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'connection-project-confirm',
        meta: { connection: 'shop' },
        outcome: 'success',
      }),
    );
    expect((await put(NEW)).status).toBe(200);
    await expectComplete(operation);
  });

  it('that is refused pauses the operation, which completes once there is another', async () => {
    const { operation, goOn } = await createUpTo('POST /servers prod-web-1-g1');
    await revoke(OLD);
    await goOn();
    const { events } = await portal.follow('ada', operation, {
      until: seen =>
        seen.some(({ data }) =>
          JSON.stringify(data).includes('waits for another token'),
        ),
    });
    expect(JSON.stringify(events)).not.toContain('"failed"}');
    const { body } = await portal.call(
      'ada',
      'GET',
      `/operations/${operation}`,
    );
    expect(['queued', 'running']).toContain(body.state);
    expect(await countAwaitedTokens(knex)).toEqual(new Map([['shop', 1]]));

    // Nobody makes the environment again in another project.
    const other = await put('elsewhere.token');
    expect(other.status).toBe(400);
    expect(other.body.error.fields[0].message).toContain(
      'This token is of another project: it does not see prod.',
    );
    expect((await put(NEW)).status).toBe(200);
    await expectComplete(operation);
    expect(await countAwaitedTokens(knex)).toEqual(new Map());
    expect(await knex('operations').pluck('token_awaited_since')).toEqual([
      null,
    ]);
  });

  it('of the configuration that is of another project is not used after a start', async () => {
    const { operation, goOn } = await createUpTo('POST /servers prod-web-1-g1');
    await goOn();
    await expectComplete(operation);
    await portal.stop();
    const configured = {
      kind: 'hetzner',
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
    };
    const start = (token: string) =>
      TestPortal.start({
        sandbox,
        knex,
        config: {
          sealing,
          connections: [{ name: 'shop', ...configured, token }],
        },
      });
    await knex('connections').delete();

    portal = await start('elsewhere.token');
    expect(portal.logs.join('\n')).toContain(
      'The token of the connection shop is of another project: it does not see prod.',
    );
    const removal = await portal.call('ada', 'DELETE', '/environments/prod');
    await portal.follow('ada', removal.body.operation.id, {
      until: seen =>
        seen.some(({ data }) =>
          JSON.stringify(data).includes('waits for another token'),
        ),
    });
    expect(await names('/servers')).toHaveLength(3);
    await portal.stop();

    portal = await start(NEW);
    await portal.follow('ada', removal.body.operation.id);
    expect(await names('/servers')).toEqual([]);
    expect(await names('/networks')).toEqual([]);
  });
});
