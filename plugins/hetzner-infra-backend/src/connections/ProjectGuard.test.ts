import { OWNERSHIP_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import type { HetznerCloud } from '../clouds/hetzner';
import {
  CONNECTION_TABLES,
  ProjectGuard,
  type StandingEnvironment,
} from './ProjectGuard';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('whose a token is, on %p', id => {
  let knex: Knex;
  let standing: StandingEnvironment[];
  /** By path the environments whose resources are in the project. */
  let project: Record<string, string[]>;
  let priorities: unknown[];
  let guard: ProjectGuard;
  let now: number;

  const cloud = {
    scoped: (scope: { priority?: unknown }) => {
      priorities.push(scope.priority);
      return cloud;
    },
    listAll: async (path: string) =>
      (project[path] ?? []).map(environment => ({
        labels: { [OWNERSHIP_LABELS.environmentId]: environment },
      })),
  } as unknown as HetznerCloud;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    standing = [];
    project = {};
    priorities = [];
    now = 5;
    guard = new ProjectGuard({
      knex,
      installation: 'i1',
      standing: async () => standing,
      now: () => new Date(now),
    });
  });

  const uses = (
    token: string,
    connection = 'shop',
    secret: 'token' | 'clusterToken' = 'token',
  ) =>
    guard.require(connection, secret, token, cloud).then(
      () => 'used',
      error => error.code,
    );

  it('is remembered when it sees an environment, and found before background work', async () => {
    standing = [{ id: 'e1', name: 'prod' }];
    project = { '/servers': ['e1'] };
    expect(await uses('one')).toBe('used');
    expect(priorities).toEqual(['interactive']);
    project = {};
    expect(await uses('one')).toBe('used');
    expect(await uses('two')).toBe('another_project');
  });

  it.each(['/ssh_keys', '/firewalls', '/certificates', '/volumes'])(
    'is told by any kind, such as %s',
    async path => {
      standing = [{ id: 'e1', name: 'prod' }];
      project = { [path]: ['e1'] };
      expect(await uses('one')).toBe('used');
    },
  );

  it('is taken while nothing stands, and goes on until something is seen', async () => {
    expect(await uses('one')).toBe('used');
    expect(await uses('two', 'shop', 'clusterToken')).toBe('used');
    expect(await knex('connection_tokens')).toEqual([]);
    // Begun with it, and nothing is there yet: a backend that starts now goes on.
    standing = [{ id: 'e1', name: 'prod' }];
    expect(await uses('one')).toBe('used');
    expect(await uses('two', 'shop', 'clusterToken')).toBe('used');
    expect(await uses('elsewhere')).toBe('another_project');
    await expect(guard.confirm('shop', 'one', cloud)).rejects.toMatchObject({
      code: 'another_project',
    });
    project = { '/networks': ['e1'] };
    await guard.confirm('shop', 'one', cloud);
    expect(await knex('connection_tokens')).toHaveLength(1);
  });

  it('that was taken is not, once another was taken in its place', async () => {
    await uses('one');
    await uses('two');
    standing = [{ id: 'e1', name: 'prod' }];
    expect(await uses('one')).toBe('another_project');
    expect(await uses('two')).toBe('used');
  });

  it('is taken on the word of somebody, for an hour', async () => {
    standing = [{ id: 'e1', name: 'prod' }];
    expect(await uses('new')).toBe('another_project');
    await guard.answerFor('shop');
    now += 60 * 60_000 - 1;
    expect(await guard.look('shop', 'new', cloud)).toEqual({
      kind: 'confirmed',
    });
    expect(await uses('new')).toBe('used');
    expect(await uses('new', 'other')).toBe('another_project');
    now += 1;
    expect(await uses('new')).toBe('used');
    expect(await uses('later')).toBe('another_project');
  });

  it('is forgotten with its connection', async () => {
    for (const connection of ['configured', 'stored', 'gone']) {
      standing = [];
      await uses('one', connection);
      await guard.answerFor(connection);
      standing = [{ id: 'e1', name: 'prod' }];
      project = { '/networks': ['e1'] };
      await guard.confirm(connection, 'one', cloud);
    }
    await knex('connections').insert({
      name: 'stored',
      kind: 'hetzner',
      owner: 'group:default/platform',
      usable_by: '[]',
      secrets: 'sealed',
      created_at: 1,
      updated_at: 1,
    });
    await guard.forgetOthers(['configured']);
    for (const table of CONNECTION_TABLES) {
      expect((await knex(table).pluck('connection')).sort()).toEqual([
        'configured',
        'stored',
      ]);
    }
    await guard.forgetOthers([]);
    expect(await knex('taken_tokens').pluck('connection')).toEqual(['stored']);
  });

  it('is forgotten when another is taken while nothing stands', async () => {
    standing = [{ id: 'e1', name: 'prod' }];
    project = { '/networks': ['e1'] };
    await uses('one');
    await uses('one', 'other');
    standing = [];
    project = {};
    expect(await uses('two')).toBe('used');
    expect(await knex('connection_tokens').pluck('connection')).toEqual([
      'other',
    ]);
    // Made with the second one, in its project.
    standing = [{ id: 'e2', name: 'next' }];
    expect(await uses('one')).toBe('another_project');
  });
});
