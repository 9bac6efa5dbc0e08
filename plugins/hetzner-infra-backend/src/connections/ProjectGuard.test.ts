import { OWNERSHIP_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import type { HetznerCloud } from '../clouds/hetzner';
import { ProjectGuard, type StandingEnvironment } from './ProjectGuard';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('whose a token is, on %p', id => {
  let knex: Knex;
  let standing: StandingEnvironment[];
  /** By path the environments whose resources are in the project. */
  let project: Record<string, string[]>;
  let priorities: unknown[];
  let guard: ProjectGuard;

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
    guard = new ProjectGuard({
      knex,
      installation: 'i1',
      standing: async () => standing,
      now: () => new Date(5),
    });
  });

  const uses = (token: string, connection = 'shop') =>
    guard.require(connection, token, cloud).then(
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

  it('is not remembered while nothing stands', async () => {
    expect(await uses('elsewhere')).toBe('used');
    expect(await knex('connection_tokens')).toEqual([]);
    standing = [{ id: 'e1', name: 'prod' }];
    expect(await uses('elsewhere')).toBe('another_project');
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
