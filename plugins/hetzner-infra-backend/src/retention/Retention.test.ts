import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { DatabaseOperationStore } from '../operations/DatabaseOperationStore';
import { OperationSignals } from '../operations/OperationSignals';
import { removeDetails } from '../operations/store/removeDetails';
import { Retention } from './Retention';

jest.setTimeout(60_000);

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-11-23T08:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('retention on %p', id => {
  let knex: Knex;
  let store: DatabaseOperationStore;
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => auditEvent),
  });
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    jest.clearAllMocks();
    knex = await migratedDatabase(databases, id);
    store = new DatabaseOperationStore({
      knex,
      signals: new OperationSignals(),
    });
  });

  /** An operation of an environment of its own, with five events; it ended some days ago, or has not. */
  const operation = async (name: string, endedDaysAgo?: number) => {
    const at = daysAgo(endedDaysAgo ?? 1000);
    const environment = await storedEnvironment(
      knex,
      new DatabaseEnvironmentStore(knex),
      name,
      at,
    );
    await store.submit(
      {
        environmentId: environment.id,
        goal: 'apply',
        revision: 1,
        initiator: 'user:default/jo',
        options: {},
      },
      at,
    );
    const { hold } = (await store.claim({
      worker: 'w',
      leaseMs: 1000 * DAY_MS,
      now: at,
    }))!;
    const [step] = await store.planned(
      hold,
      [
        {
          key: 'network',
          kind: 'network',
          change: 'create',
          title: 'Create network',
        },
      ],
      at,
    );
    await store.stepStarted(hold, step.id, at);
    await store.log(hold, 'It is made.', at, { stepId: step.id });
    await store.stepFinished(hold, step.id, at);
    if (endedDaysAgo !== undefined) {
      await store.finished(hold, { reached: true }, at);
    }
    return hold.operationId;
  };

  const retention = (over: Knex = knex) =>
    new Retention({
      removeDetails: batch => removeDetails(over, batch),
      operationDetailsDays: 90,
      auditor,
      now: () => new Date(NOW),
      logger,
    });
  const run = (signal = new AbortController().signal) =>
    retention().run(signal);
  const events = async (operationId: string) =>
    (await store.eventsAfter(operationId, 0)).map(({ type }) => type);
  const whole = ['operation', 'operation', 'step', 'step', 'log', 'step'];

  it('removes the history of what ended long ago, and nothing else', async () => {
    const old = await operation('old', 91);
    const young = await operation('young', 89);
    const unfinished = await operation('unfinished');
    const [before, steps] = [
      await store.find(old),
      (await store.steps([old])).get(old),
    ];

    await run();
    expect(await events(old)).toEqual(['operation']);
    const [end] = await store.eventsAfter(old, 0);
    expect(end.operation).toMatchObject({ state: 'succeeded' });
    expect(await store.find(old)).toEqual(before);
    expect(before).toMatchObject({
      initiator: 'user:default/jo',
      state: 'succeeded',
    });
    expect((await store.steps([old])).get(old)).toEqual(steps);
    expect(steps).toHaveLength(1);
    expect(await events(young)).toEqual([...whole, 'operation']);
    expect(await events(unfinished)).toEqual(whole);

    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'operation-details-remove',
      severityLevel: 'medium',
      meta: {
        endedBefore: '2026-08-25T08:00:00.000Z',
        operations: 1,
        events: 6,
      },
    });
    expect(auditEvent.success).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('6 events of 1 operations'),
    );

    // Nothing is left to do, and nothing is said.
    await run();
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
  });

  it('takes many in batches, each once though two backends run at once', async () => {
    const [template] = [await operation('one', 100)];
    const row = await knex('operations').where('id', template).first();
    const ids = Array.from(
      { length: 119 },
      (_, index) =>
        `f0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    for (const copy of ids) {
      await knex('operations').insert({ ...row, id: copy });
      await knex('operation_events').insert(
        Array.from({ length: 3 }, () => ({
          operation_id: copy,
          type: 'log',
          at: 1,
          payload: '{}',
        })),
      );
    }
    const { signal } = new AbortController();
    await Promise.all([retention().run(signal), retention().run(signal)]);

    const told = (auditor.createEvent as jest.Mock).mock.calls.map(
      ([{ meta }]) => meta,
    );
    const sum = (what: 'operations' | 'events') =>
      told.reduce((total, meta) => total + meta[what], 0);
    expect([sum('operations'), sum('events')]).toEqual([120, 119 * 2 + 6]);
    const [{ count }] = await knex('operation_events').count({ count: '*' });
    expect(Number(count)).toBe(120);
  });

  it('stops between batches, and says what it has removed when a batch fails', async () => {
    const stopped = new AbortController();
    const batches = jest.fn(async () => {
      stopped.abort();
      return { operations: 50, events: 500 };
    });
    const stopping = new Retention({
      removeDetails: batches,
      operationDetailsDays: 90,
      auditor,
      now: () => new Date(NOW),
      logger,
    });
    await stopping.run(stopped.signal);
    expect(batches).toHaveBeenCalledTimes(1);

    batches
      .mockResolvedValueOnce({ operations: 50, events: 400 })
      .mockRejectedValueOnce(new Error('away'));
    await expect(stopping.run(new AbortController().signal)).rejects.toThrow(
      'away',
    );
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        meta: expect.objectContaining({ operations: 50, events: 400 }),
      }),
    );
  });
});
