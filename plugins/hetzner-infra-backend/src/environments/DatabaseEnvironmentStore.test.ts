import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { desired, storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseEnvironmentStore } from './DatabaseEnvironmentStore';
import type { EnvironmentQuery } from './EnvironmentStore';
import { installationId } from './installation';

jest.setTimeout(60_000);

const databases = testDatabases();
const at = (second: number) =>
  new Date(Date.UTC(2026, 10, 23, 8, 0, second, 7));

describe.each(databases.eachSupportedId())('environment store on %p', id => {
  let knex: Knex;
  let store: DatabaseEnvironmentStore;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    store = new DatabaseEnvironmentStore(knex);
  });

  const stored = (name: string, second = 0, owner = 'group:default/platform') =>
    storedEnvironment(knex, store, name, at(second), { owner });

  const names = async (query: Partial<EnvironmentQuery>) =>
    (await store.list({ sort: 'name', limit: 100, ...query })).items.map(
      e => e.name,
    );

  it('keeps an environment with its first revision', async () => {
    const made = await stored('one');
    expect(made.id).toMatch(/^[a-z0-9]{12}$/);
    expect(made).toEqual({
      id: made.id,
      name: 'one',
      connection: 'sandbox',
      location: 'fsn1',
      owner: 'group:default/platform',
      document: { kind: 'Environment' },
      choices: {},
      revision: 1,
      state: 'creating',
      monthly: [{ currency: 'EUR', monthly: '55.58', monthlyMax: '120.00' }],
      createdAt: at(0),
      createdBy: 'user:default/jo',
    });
    expect(await store.find(made.id)).toEqual(made);
    expect(await store.findByName('one')).toEqual(made);
    expect(await store.revision(made.id, 1)).toMatchObject({
      revision: 1,
      document: { kind: 'Environment' },
      createdBy: 'user:default/jo',
    });
    expect(await store.revision(made.id, 2)).toBeUndefined();
  });

  it('refuses a name in use', async () => {
    await stored('one');
    await expect(stored('one')).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'An environment named one exists. Choose another name, or change that environment.',
    });
  });

  it('gives one of two changes made from the same revision', async () => {
    const { id: environmentId } = await stored('one');
    const change = (by: string) =>
      knex.transaction(tx =>
        store.change(
          environmentId,
          { ...desired({ by, document: { by } }), expectedRevision: 1 },
          at(1),
          tx,
        ),
      );
    const results = await Promise.allSettled([change('jo'), change('al')]);
    const reasons = results.flatMap(r =>
      r.status === 'rejected' ? [r.reason.message] : [],
    );
    expect(reasons).toEqual([
      'The environment has changed since revision 1. Load it again and repeat the change.',
    ]);
    const now = (await store.find(environmentId))!;
    expect(now.revision).toBe(2);
    expect(await store.revision(environmentId, 2)).toMatchObject({
      document: now.document,
    });
  });

  it('lists by owner, state and part of the name', async () => {
    await stored('xpeditis-prod', 1);
    await stored('xpeditis-staging', 2, 'group:default/team-a');
    await stored('a_b', 3);
    await stored('a-b', 4);
    await knex('environments')
      .where('name', 'a-b')
      .update({ state: 'removed', removed_at: 1 });

    expect(await names({})).toEqual([
      'a_b',
      'xpeditis-prod',
      'xpeditis-staging',
    ]);
    expect(await names({ sort: '-createdAt' })).toEqual([
      'a_b',
      'xpeditis-staging',
      'xpeditis-prod',
    ]);
    expect(await names({ owner: 'group:default/team-a' })).toEqual([
      'xpeditis-staging',
    ]);
    expect(await names({ search: 'PROD' })).toEqual(['xpeditis-prod']);
    expect(await names({ search: '_' })).toEqual(['a_b']);
    expect(await names({ search: '%' })).toEqual([]);
    expect(await names({ state: 'removed' })).toEqual(['a-b']);
    expect(await names({ state: 'ready' })).toEqual([]);
  });

  it('lists page by page', async () => {
    for (const name of ['c', 'a', 'e', 'b', 'd']) {
      await stored(name, 1);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ sort: '-name', limit: 2, cursor });
      expect(page.totalItems).toBe(5);
      seen.push(...page.items.map(e => e.name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    await expect(
      store.list({ sort: 'name', limit: 2, cursor: 'none' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('lists what a decision allows', async () => {
    await stored('mine', 1, 'group:default/team-a');
    await stored('ours', 2, 'group:default/platform');
    await stored('theirs', 3, 'group:default/team-b');
    const owned = (...values: string[]) => ({
      property: 'owner' as const,
      values,
    });
    const a = owned('group:default/team-a');
    const platform = owned('group:default/platform');

    expect(await names({ filter: a })).toEqual(['mine']);
    expect(await names({ filter: owned() })).toEqual([]);
    expect(await names({ filter: { anyOf: [a, platform] } })).toEqual([
      'mine',
      'ours',
    ]);
    expect(await names({ filter: { not: a } })).toEqual(['ours', 'theirs']);
    expect(await names({ filter: { allOf: [a, platform] } })).toEqual([]);
    expect(
      await names({
        filter: { allOf: [{ not: platform }, { anyOf: [a, platform] }] },
      }),
    ).toEqual(['mine']);
    // The condition cannot be widened by what is asked for beside it.
    expect(await names({ filter: a, owner: 'group:default/team-b' })).toEqual(
      [],
    );
  });

  it('knows who uses a connection', async () => {
    await stored('b');
    await stored('a');
    await stored('c', 1, 'group:default/team-b');
    const platform = {
      property: 'owner' as const,
      values: ['group:default/platform'],
    };
    expect(await store.usingConnections(['sandbox', 'prod'])).toEqual(
      new Map([
        ['sandbox', ['a', 'b', 'c']],
        ['prod', []],
      ]),
    );
    expect(await store.usingConnections(['sandbox'], platform)).toEqual(
      new Map([['sandbox', ['a', 'b']]]),
    );
  });

  it('makes one installation id, whoever asks first', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => installationId(knex, at(0))),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[a-z0-9]{12}$/);
    expect(await installationId(knex, at(1))).toBe(ids[0]);
  });
});
