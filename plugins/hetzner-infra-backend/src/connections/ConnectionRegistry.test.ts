import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { CloudError } from '../clouds/CloudError';
import type { RateBudget } from '../clouds/RateBudget';
import { Sealer } from '../sealing/Sealer';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { desired, storedEnvironment } from '../__testUtils__/storedEnvironment';
import type { OpenableConnection, ProviderConnection } from './connection';
import { ConnectionRegistry, type Connect } from './ConnectionRegistry';
import { Connections } from './Connections';
import { ConnectionStore } from './ConnectionStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-23T08:00:00.000Z');
const sealer = new Sealer([{ id: 'k1', secret: randomBytes(32) }]);

const configured: OpenableConnection = {
  name: 'sandbox',
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: [],
  origin: 'configuration',
  endpoint: 'http://127.0.0.1:7080/hetzner/v1',
  secrets: { token: 'configured', clusterToken: 'for-clusters' },
};

const shop: ProviderConnection = {
  name: 'shop',
  kind: 'hetzner',
  owner: 'group:default/team-a',
  usableBy: ['group:default/team-a'],
  origin: 'api',
};

/** A project whose tokens are good. */
function acceptingCloud(onRead: () => Promise<void>) {
  const cloud = {
    scoped: () => cloud,
    get: onRead,
    post: async () => {
      throw new CloudError({
        code: 'invalid_input',
        message: 'no name',
        outcome: 'refused',
        operation: { method: 'POST', path: '/ssh_keys' },
      });
    },
    close: () => {},
  };
  return cloud as unknown as ReturnType<Connect>;
}

describe.each(databases.eachSupportedId())('connections on %p', id => {
  let knex: Knex;
  let store: ConnectionStore;
  let opened: Array<{
    token: string;
    endpoint?: string;
    budget?: RateBudget;
    closed: boolean;
    /** Tokens that it went on with. */
    later: string[];
    refuse?: () => Promise<void>;
  }>;
  /** Tokens that are of another project. */
  let elsewhere: string[];
  let registry: ConnectionRegistry;

  const guard = {
    async require(name: string, _secret: string, token: string) {
      if (elsewhere.includes(token)) throw new Error(`not of ${name}`);
    },
    confirm: async () => {},
  };
  const connect: Connect = ({ token, endpoint, budget, onTokenRefused }) => {
    const connection = {
      token,
      endpoint,
      budget,
      closed: false,
      later: [] as string[],
      refuse: onTokenRefused,
    };
    opened.push(connection);
    return {
      useToken: (another: string) => void connection.later.push(another),
      close: () => {
        connection.closed = true;
      },
    } as ReturnType<Connect>;
  };

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    store = new ConnectionStore(knex, sealer);
    opened = [];
    elsewhere = [];
    registry = new ConnectionRegistry({
      guard,
      configured: [configured],
      store,
      endpoint: 'https://api.hetzner.cloud/v1',
      objectStorageEndpoint: region => `https://${region}.example.com`,
      connect,
    });
  });

  it('have one client each, made when it is first asked for', async () => {
    await store.put(shop, { token: 'one' }, now);
    expect(opened).toEqual([]);
    const clients = await Promise.all([
      registry.hetzner('shop'),
      registry.hetzner('shop'),
      registry.hetzner('sandbox'),
    ]);
    expect(clients[0]).toBe(clients[1]);
    expect(clients[2]).not.toBe(clients[0]);
    expect(
      opened.map(({ token, endpoint }) => `${token} ${endpoint}`).sort(),
    ).toEqual([
      'configured http://127.0.0.1:7080/hetzner/v1',
      'one https://api.hetzner.cloud/v1',
    ]);
    registry.close();
    expect(opened.every(({ closed }) => closed)).toBe(true);
  });

  it('go on with another token, also when another replica changed it', async () => {
    await store.put(shop, { token: 'one' }, now);
    const before = await registry.hetzner('shop');
    await store.put({ ...shop, usableBy: [] }, { token: 'one' }, now);
    expect(await registry.hetzner('shop')).toBe(before);
    await store.put(shop, { token: 'two' }, now);
    expect(await registry.hetzner('shop')).toBe(before);
    // The second one only looked whose the token is.
    expect(
      opened.map(({ token, closed, later }) => [token, closed, later]),
    ).toEqual([
      ['one', false, ['two']],
      ['two', true, []],
    ]);
    // Somebody works with it while it changes, and is refused.
    await store.put(shop, { token: 'three' }, now);
    await opened[0].refuse!();
    expect(opened[0].later).toEqual(['two', 'three']);
    await opened[0].refuse!();
    expect(opened[0].later).toHaveLength(2);
  });

  it('do not go on with a token of another project', async () => {
    elsewhere = ['two', 'three'];
    await store.put(shop, { token: 'one' }, now);
    await registry.hetzner('shop');
    await store.put(shop, { token: 'two' }, now);
    await expect(registry.hetzner('shop')).rejects.toThrow('not of shop');
    await expect(registry.useLatest('shop')).rejects.toThrow('not of shop');
    expect(opened[0].later).toEqual([]);
    await store.put(shop, { token: 'four' }, now);
    await registry.useLatest('shop');
    expect(opened[0].later).toEqual(['four']);
    expect(opened.map(({ token, closed }) => [token, closed])).toEqual([
      ['one', false],
      ['two', true],
      ['four', true],
    ]);
  });

  it('share what one look at a refused token found', async () => {
    elsewhere = ['one'];
    await store.put(shop, { token: 'one' }, now);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => registry.hetzner('shop')),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      Array(5).fill('rejected'),
    );
    expect(opened).toHaveLength(1);
    await store.put(shop, { token: 'two' }, now);
    await registry.hetzner('shop');
    expect(opened.map(({ token }) => token)).toEqual(['one', 'two']);
  });

  it('of the configuration take other tokens while the portal runs', async () => {
    await registry.hetzner('sandbox');
    await registry.record('sandbox', { checkedAt: now });
    const others = [{ ...configured, usableBy: ['group:default/x'] }];
    expect(registry.changes(others)).toEqual([]);
    registry.configure(others);
    expect(await registry.find('sandbox')).toMatchObject({
      usableBy: ['group:default/x'],
      checkedAt: now,
    });
    const changed = {
      ...configured,
      secrets: { ...configured.secrets, token: 'other' },
    };
    expect(registry.changes([changed])).toEqual([
      { connection: 'sandbox', secrets: ['token'] },
    ]);
    registry.configure([changed], new Set(['sandbox']));
    await registry.useLatest('sandbox');
    expect(opened[0].later).toEqual([]);
    registry.configure([changed]);
    expect((await registry.find('sandbox'))?.checkedAt).toBeUndefined();
    await registry.useLatest('sandbox');
    expect(opened[0].later).toEqual(['other']);
  });

  it('have one rate budget each, whatever token is used', async () => {
    await store.put(shop, { token: 'one', clusterToken: 'two' }, now);
    await registry.hetzner('shop');
    await registry.hetznerForCluster('shop');
    registry.open('shop', 'three');
    await store.put(shop, { token: 'three' }, now);
    await registry.hetzner('shop');
    expect(opened.map(({ token }) => token)).toEqual([
      'one',
      'two',
      'three',
      'three',
    ]);
    expect(opened[0].budget).toBeDefined();
    expect(new Set(opened.map(({ budget }) => budget)).size).toBe(1);
    await registry.hetzner('sandbox');
    expect(opened[4].budget).not.toBe(opened[0].budget);
  });

  it('keep what the provider said of their tokens', async () => {
    await store.put(shop, { token: 'one' }, now);
    const found = async () =>
      (await registry.list()).map(({ name, checkedAt, problem }) => [
        name,
        checkedAt,
        problem,
      ]);
    const later = new Date(now.getTime() + 1);
    const problem = 'This token may only read.';
    for (const name of ['sandbox', 'shop']) {
      await registry.record(name, { checkedAt: later, problem });
    }
    expect(await found()).toEqual([
      ['sandbox', later, problem],
      ['shop', later, problem],
    ]);
    // Begun earlier, and ended later.
    for (const name of ['sandbox', 'shop']) {
      await registry.record(name, { checkedAt: now });
    }
    expect(await found()).toEqual([
      ['sandbox', later, problem],
      ['shop', later, problem],
    ]);
    await registry.record('sandbox', { checkedAt: later });
    await store.put(shop, { token: 'two' }, now);
    expect(await found()).toEqual([
      ['sandbox', later, undefined],
      ['shop', now, undefined],
    ]);
  });

  it('keep a token that is renewed while another request is on its way', async () => {
    let betweenReadAndWrite = async () => {};
    const trying = new ConnectionRegistry({
      guard,
      configured: [],
      store,
      endpoint: 'https://api.hetzner.cloud/v1',
      objectStorageEndpoint: region => `https://${region}.example.com`,
      connect: () => acceptingCloud(() => betweenReadAndWrite()),
    });
    const connections = new Connections({
      registry: trying,
      store,
      environments: new DatabaseEnvironmentStore(knex),
      guard: {
        look: async () => ({ kind: 'seen' }),
        answerFor: async () => {},
      },
      installation: 'i1',
      now: () => now,
    });
    const { name, origin, ...fields } = shop;
    await connections.put('shop', { ...fields, secrets: { token: 'old' } });
    betweenReadAndWrite = async () => {
      betweenReadAndWrite = async () => {};
      await connections.put('shop', { ...fields, secrets: { token: 'new' } });
    };
    await connections.put('shop', {
      ...fields,
      secrets: { clusterToken: 'cluster' },
    });
    expect(store.open((await store.find('shop'))!)).toEqual({
      token: 'new',
      clusterToken: 'cluster',
    });
  });

  it('keep what the provider said of a token until another one is tried', async () => {
    await store.put(shop, { token: 'one' }, now);
    const said = { checkedAt: now, problem: 'The token was revoked.' };
    await store.checked('shop', said);
    const later = new Date(now.getTime() + 60_000);
    const owner = 'group:default/other';
    await store.put({ ...shop, owner }, {}, later);
    await store.put({ ...shop, owner }, { token: 'one' }, later);
    expect(await store.find('shop')).toMatchObject({ owner, ...said });
    await store.put(shop, { token: 'two' }, later);
    const { checkedAt, problem } = (await store.find('shop'))!;
    expect({ checkedAt, problem }).toEqual({
      checkedAt: later,
      problem: undefined,
    });
  });

  it('refuse a change that was made from an older version', async () => {
    await store.put(shop, { token: 'one' }, now, 0);
    await store.put(shop, { token: 'two' }, now, 1);
    expect(await store.find('shop')).toMatchObject({ version: 2 });
    await expect(
      store.put(shop, { token: 'three' }, now, 1),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'connection-changed',
      params: { name: 'shop' },
      message:
        'Somebody changed the connection shop meanwhile. Look at it again, then change it.',
    });
    await expect(
      store.put(shop, { token: 'three' }, now, 0),
    ).rejects.toMatchObject({ code: 'connection-exists' });
    expect(store.open((await store.find('shop'))!)).toEqual({ token: 'two' });
    await store.deleteUnused('shop');
    await expect(
      store.put(shop, { token: 'three' }, now, 2),
    ).rejects.toMatchObject({ code: 'connection-deleted' });
    expect(await store.find('shop')).toBeUndefined();
  });

  it('let one of two win who change the same version at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const name = `twice-${round}`;
      await store.put({ ...shop, name }, { token: 'one' }, now, 0);
      const outcomes = await Promise.allSettled([
        store.put({ ...shop, name }, { token: 'two' }, now, 1),
        store.put({ ...shop, name }, { token: 'three' }, now, 1),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
    }
  });

  it('merge when two add the same one at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const name = `shop-${round}`;
      await Promise.all([
        store.put({ ...shop, name }, { token: 'one' }, now),
        store.put({ ...shop, name }, { token: 'one', clusterToken: 'c' }, now),
      ]);
      expect(store.open((await store.find(name))!)).toEqual({
        token: 'one',
        clusterToken: 'c',
      });
    }
    await expect(
      store.put({ ...shop, name: 'gone' }, { clusterToken: 'c' }, now),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('are those of the configuration and those that were added', async () => {
    await store.put(shop, { token: 'one' }, now);
    await store.put({ ...shop, name: 'sandbox' }, { token: 'x' }, now);
    expect(await registry.list()).toEqual([
      {
        name: 'sandbox',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usableBy: [],
        origin: 'configuration',
      },
      { ...shop, version: 1, checkedAt: now },
    ]);
    await registry.hetzner('sandbox');
    expect(opened[0].token).toBe('configured');
    expect(JSON.stringify(await registry.list())).not.toContain('configured"}');
    await expect(registry.hetzner('none')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    expect(await registry.find('none')).toBeUndefined();
  });

  it('are stored sealed', async () => {
    await store.put(shop, { token: 'nobody-may-see-this' }, now);
    expect(JSON.stringify(await knex('connections'))).not.toContain(
      'nobody-may-see-this',
    );
    expect(store.open((await store.find('shop'))!)).toEqual({
      token: 'nobody-may-see-this',
    });
  });

  it('stay while a create that comes at the same moment uses them', async () => {
    const environments = new DatabaseEnvironmentStore(knex);
    const createWith = (name: string) =>
      knex.transaction(async tx => {
        if (!(await store.hold(name, tx))) {
          return false;
        }
        await environments.create(
          { name, connection: name, location: 'fsn1', ...desired() },
          now,
          tx,
        );
        return true;
      });
    const outcomes: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const name = `shop-${round}`;
      await store.put({ ...shop, name }, { token: 'one' }, now);
      const [created, deleted] = await Promise.all([
        createWith(name),
        store.deleteUnused(name),
      ]);
      outcomes.push(`created ${created}, deleted ${deleted}`);
    }
    const possible = [
      'created true, deleted false',
      'created false, deleted true',
    ];
    expect(outcomes.filter(o => !possible.includes(o))).toEqual([]);
  });

  it('can go once their environments are removed', async () => {
    await store.put({ ...shop, name: 'sandbox' }, { token: 'one' }, now);
    const environments = new DatabaseEnvironmentStore(knex);
    const { id: environmentId } = await storedEnvironment(
      knex,
      environments,
      'one',
      now,
    );
    expect(await store.deleteUnused('sandbox')).toBe(false);
    await knex('environments')
      .where('id', environmentId)
      .update({ state: 'removed', removed_at: 1 });
    for (const connection of ['sandbox', 'shop']) {
      await knex('connection_tokens').insert({
        fingerprint: connection,
        connection,
        seen_at: 1,
      });
    }
    expect(await store.deleteUnused('sandbox')).toBe(true);
    expect(await store.list()).toEqual([]);
    // Another one of that name may be of another project.
    expect(await knex('connection_tokens').pluck('connection')).toEqual([
      'shop',
    ]);
  });
});
