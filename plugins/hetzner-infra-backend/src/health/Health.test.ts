import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '../__testUtils__/ManualClock';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { DatabaseOperationStore } from '../operations/DatabaseOperationStore';
import { OperationSignals } from '../operations/OperationSignals';
import type { OperationStore } from '../operations/OperationStore';
import { OperationRunner } from '../operations/runner';
import { readBacklog, type Backlog } from '../operations/store/readBacklog';
import { Health } from './Health';

const logger = mockServices.logger.mock();

const EMPTY: Backlog = { due: 0, oldestSeconds: 0 };

/** A runner of which only the loop that claims matters. */
function idleRunner(clock: ManualClock, claim: OperationStore['claim']) {
  return new OperationRunner(
    { store: { claim }, clock, leaseMs: 1000 } as never,
    new OperationSignals(),
    logger,
    { worker: 'w', concurrency: 1, pollMs: 1000 },
  );
}

describe('Health', () => {
  const clock = new ManualClock();
  const well = { pulse: { isStopping: false } };

  it('answers though the database hangs, and asks it once meanwhile', async () => {
    let answer: (backlog: Backlog) => void = () => {};
    const asked = jest.fn(
      () => new Promise<Backlog>(resolve => (answer = resolve)),
    );
    const health = new Health({
      readBacklog: asked,
      runner: well,
      clock,
      logger,
    });
    for (let time = 0; time < 3; time++) {
      const report = health.check();
      await clock.advance(3);
      expect((await report).status).toBe('error');
      expect((await report).checks[0].message).toContain(
        'does not answer within 2 s',
      );
    }
    expect(asked).toHaveBeenCalledTimes(1);
    const dead = health.deadReason();
    await clock.advance(3);
    expect(await dead).toBeUndefined();

    answer(EMPTY);
    await clock.advance(3);
    const recovered = health.check();
    await clock.advance(0);
    answer(EMPTY);
    expect((await recovered).status).toBe('ok');
  });

  it('asks anew when a question is never answered', async () => {
    const asked = jest
      .fn<Promise<Backlog>, []>(async () => EMPTY)
      .mockImplementationOnce(() => new Promise(() => {}));
    const health = new Health({
      readBacklog: asked,
      runner: well,
      clock,
      logger,
    });
    const first = health.check();
    await clock.advance(9);
    expect((await first).status).toBe('error');
    await clock.advance(1);
    expect((await health.check()).status).toBe('ok');
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('asks the database once for many who ask at once', async () => {
    const asked = jest.fn(async () => EMPTY);
    const health = new Health({
      readBacklog: asked,
      runner: well,
      clock,
      logger,
    });
    await Promise.all([health.check(), health.check()]);
    await health.check();
    expect(asked).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    await health.check();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('says nothing of what the database said', async () => {
    const health = new Health({
      readBacklog: async () => {
        throw new Error('password authentication failed for user "portal"');
      },
      runner: well,
      clock,
      logger,
    });
    const report = await health.check();
    expect(report.status).toBe('error');
    expect(JSON.stringify(report)).not.toContain('portal"');
    expect(await health.unreadyReason()).toContain(
      'The database cannot be read',
    );
  });

  it('says that a loop is stuck, and that a restart helps', async () => {
    const turns = jest.fn();
    let isStuck = false;
    const runner = idleRunner(clock, async () => {
      turns();
      return isStuck ? new Promise(() => {}) : undefined;
    });
    const health = new Health({
      readBacklog: async () => EMPTY,
      runner,
      clock,
      logger,
    });
    expect(await health.deadReason()).toBeUndefined();
    runner.start();
    await clock.advance(600);
    expect(turns.mock.calls.length).toBeGreaterThan(500);
    expect(await health.deadReason()).toBeUndefined();

    isStuck = true;
    await clock.advance(120);
    expect(await health.deadReason()).toBeUndefined();
    await clock.advance(5);
    expect(await health.deadReason()).toContain('it is stuck. Restart');
    expect(await health.unreadyReason()).toBeUndefined();
  });

  it('does not take a database that refuses for a loop that is stuck', async () => {
    const runner = idleRunner(clock, async () => {
      throw new Error('away');
    });
    runner.start();
    await clock.advance(600);
    const health = new Health({
      readBacklog: async () => EMPTY,
      runner,
      clock,
      logger,
    });
    expect(await health.deadReason()).toBeUndefined();
    await runner.stop();
  });

  const databases = testDatabases();
  it.each(databases.eachSupportedId())(
    'says that operations wait until a worker takes them, on %p',
    async databaseId => {
      const knex = await migratedDatabase(databases, databaseId);
      const start = new Date(clock.now());
      const store = new DatabaseOperationStore({
        knex,
        signals: new OperationSignals(),
      });
      const environments = new DatabaseEnvironmentStore(knex);
      for (const name of ['one', 'two']) {
        const { id } = await storedEnvironment(knex, environments, name, start);
        await store.submit(
          {
            environmentId: id,
            goal: 'apply',
            revision: 1,
            initiator: 'user:default/jo',
            options: {},
          },
          start,
        );
      }
      const health = new Health({
        readBacklog: at => readBacklog(knex, at),
        runner: well,
        clock,
        logger,
      });
      const queue = async () => {
        await clock.advance(1);
        const { backlog, checks } = await health.check();
        return [backlog?.due, checks[1].status, checks[1].message];
      };
      const claim = () =>
        store.claim({
          worker: 'w',
          leaseMs: 60_000,
          now: new Date(clock.now()),
        });

      expect(await queue()).toEqual([2, 'ok', '2 due, the first for 1 s.']);
      await clock.advance(200);
      expect(await queue()).toEqual([
        2,
        'error',
        expect.stringContaining('2 operations wait for a worker'),
      ]);
      await claim();
      await claim();
      expect(await queue()).toEqual([0, 'ok', 'Nothing waits for a worker.']);

      // A lease that ended makes it wait again, from its end.
      await clock.advance(160);
      expect(await queue()).toEqual([2, 'ok', '2 due, the first for 102 s.']);
    },
  );

  const servers = databases
    .eachSupportedId()
    .filter(([databaseId]) => databaseId !== 'SQLITE_3');
  it.each(servers.length > 0 ? servers : [['none' as const]])(
    'leaves no question behind that hangs, on %p',
    async databaseId => {
      if (databaseId === 'none') return;
      const knex = await migratedDatabase(databases, databaseId);
      const lock = await knex.transaction();
      await lock.raw('lock table operations in access exclusive mode');
      await expect(readBacklog(knex, new Date())).rejects.toThrow('timeout');
      const { rows } = await lock.raw(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      expect(rows).toEqual([]);
      await lock.rollback();
      expect(await readBacklog(knex, new Date())).toEqual(EMPTY);
    },
    30_000,
  );
});
