import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../../__testUtils__/storedEnvironment';
import { DatabaseEnvironmentStore } from '../../environments/DatabaseEnvironmentStore';
import { currentOperations } from './readOperations';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-23T08:00:00Z');

type Past = {
  id: string;
  goal?: 'apply' | 'remove';
  minute: number;
  standing: 'works' | 'waits' | 'ended';
};

describe.each(databases.eachSupportedId())('currentOperations on %p', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
  });

  const environment = async (name: string, operations: Past[]) => {
    const store = new DatabaseEnvironmentStore(knex);
    const { id: environmentId } = await storedEnvironment(
      knex,
      store,
      name,
      now,
    );
    for (const { id: operationId, goal, minute, standing } of operations) {
      const at = now.getTime() + minute * 60_000;
      await knex('operations').insert({
        id: operationId,
        environment_id: environmentId,
        goal: goal ?? 'apply',
        revision: 1,
        aim: 'apply',
        aim_revision: 1,
        state: standing === 'ended' ? 'succeeded' : 'running',
        initiator: 'user:default/jo',
        options: '{}',
        lease: standing === 'works' ? 'lease' : null,
        next_attempt_at: at,
        created_at: at,
        finished_at: standing === 'ended' ? at + 1 : null,
      });
    }
    return environmentId;
  };

  it.each<[string, Past[], string | undefined]>([
    ['nothing of an environment that has none', [], undefined],
    [
      'the youngest that ended',
      [
        { id: 'old', minute: 1, standing: 'ended' },
        { id: 'young', minute: 2, standing: 'ended' },
      ],
      'young',
    ],
    [
      'one that waits before a younger one that ended',
      [
        { id: 'waits', minute: 1, standing: 'waits' },
        { id: 'ended', minute: 2, standing: 'ended' },
      ],
      'waits',
    ],
    [
      'the one that works before one that waits for it',
      [
        { id: 'works', minute: 1, standing: 'works' },
        { id: 'waits', goal: 'remove', minute: 2, standing: 'waits' },
      ],
      'works',
    ],
    [
      'always the same of two of the same moment',
      [
        { id: 'a', minute: 1, standing: 'ended' },
        { id: 'b', minute: 1, standing: 'ended' },
      ],
      'b',
    ],
  ])('finds %s', async (_, operations, expected) => {
    const environmentId = await environment('one', operations);
    await environment('other', [
      { id: 'foreign', minute: 9, standing: 'works' },
    ]);

    const current = await currentOperations(knex, [environmentId]);

    expect([...current.keys()]).toEqual(expected ? [environmentId] : []);
    expect(current.get(environmentId)?.id).toBe(expected);
  });

  it('finds those of many environments at once', async () => {
    const ids = [];
    for (let n = 0; n < 20; n += 1) {
      ids.push(
        await environment(`env-${n}`, [
          { id: `old-${n}`, minute: 1, standing: 'ended' },
          { id: `young-${n}`, minute: 2, standing: 'ended' },
        ]),
      );
    }

    const current = await currentOperations(knex, ids);

    expect(ids.map(each => current.get(each)?.id)).toEqual(
      ids.map((__, n) => `young-${n}`),
    );
  });

  it('finds nothing when nothing is asked for', async () => {
    expect(await currentOperations(knex, [])).toEqual(new Map());
  });
});
