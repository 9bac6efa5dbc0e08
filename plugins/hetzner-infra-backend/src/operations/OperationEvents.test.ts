import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ManualClock } from '../__testUtils__/ManualClock';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseOperationStore } from './DatabaseOperationStore';
import type { Hold, StoredEvent } from './operation';
import { OperationEvents } from './OperationEvents';
import { OperationSignals } from './OperationSignals';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-23T08:00:00.000Z');

describe.each(databases.eachSupportedId())('histories on %p', id => {
  let knex: Knex;
  let clock: ManualClock;
  let here: DatabaseOperationStore;
  let elsewhere: DatabaseOperationStore;
  let events: OperationEvents;
  let hold: Hold;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    clock = new ManualClock();
    const signals = new OperationSignals();
    here = new DatabaseOperationStore({ knex, signals });
    // Another replica: the same tables, and signals that nobody here hears.
    elsewhere = new DatabaseOperationStore({
      knex,
      signals: new OperationSignals(),
    });
    events = new OperationEvents({
      store: here,
      signals,
      clock,
      logger: mockServices.logger.mock(),
    });
    const environment = await storedEnvironment(
      knex,
      new DatabaseEnvironmentStore(knex),
      'one',
      now,
    );
    await here.submit(
      {
        environmentId: environment.id,
        goal: 'apply',
        revision: 1,
        initiator: 'user:default/jo',
        options: {},
      },
      now,
    );
    hold = (await here.claim({ worker: 'a', leaseMs: 60_000, now }))!.hold;
  });

  const follow = (seq = 0, signal = new AbortController().signal) =>
    events.follow(hold.operationId, seq, signal);

  const read = async (history: AsyncGenerator<StoredEvent>, count: number) => {
    const found: string[] = [];
    while (found.length < count) {
      const { value } = await history.next();
      found.push(value.message ?? value.operation.state);
    }
    return found;
  };

  it('come as they are written, and end with the operation', async () => {
    const history = follow();
    expect(await read(history, 2)).toEqual(['queued', 'running']);
    const next = read(history, 2);
    await here.log(hold, 'one', now);
    await here.log(hold, 'two', now);
    expect(await next).toEqual(['one', 'two']);
    await here.finished(hold, { reached: true }, now);
    expect(await read(history, 1)).toEqual(['succeeded']);
    expect((await history.next()).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('go on after what was seen', async () => {
    await here.log(hold, 'one', now);
    const all = await here.eventsAfter(hold.operationId, 0);
    expect(await read(follow(all[1].seq), 1)).toEqual(['one']);
  });

  it('end at once when all was seen', async () => {
    await here.finished(hold, { reached: true }, now);
    const all = await here.eventsAfter(hold.operationId, 0);
    expect((await follow(all.at(-1)!.seq).next()).done).toBe(true);
  });

  it('come from another replica within a second, by one query for all', async () => {
    const histories = [follow(), follow(), follow()];
    await Promise.all(histories.map(history => read(history, 2)));
    const asked = jest.spyOn(here, 'lastSeqs');
    const next = Promise.all(histories.map(history => read(history, 1)));
    await elsewhere.log(hold, 'from elsewhere', now);
    await clock.advance(1);
    expect(await next).toEqual(Array(3).fill(['from elsewhere']));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith([hold.operationId]);
  });

  it('are not asked for while nobody follows', async () => {
    const stop = new AbortController();
    const history = follow(0, stop.signal);
    await read(history, 2);
    expect(clock.pending).toBe(1);
    const end = history.next();
    stop.abort();
    expect((await end).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('survive a database that is away for a while', async () => {
    const history = follow();
    await read(history, 2);
    const next = read(history, 1);
    jest
      .spyOn(here, 'lastSeqs')
      .mockRejectedValueOnce(new Error('no connection'));
    await elsewhere.log(hold, 'from elsewhere', now);
    await clock.advance(1);
    await clock.advance(1);
    expect(await next).toEqual(['from elsewhere']);
  });
});
