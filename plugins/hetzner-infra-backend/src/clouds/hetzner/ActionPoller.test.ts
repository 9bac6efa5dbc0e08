import fc from 'fast-check';
import { CloudError } from '../CloudError';
import { ManualClock } from '../../__testUtils__/ManualClock';
import { ActionPoller } from './ActionPoller';
import type { Action } from './apiTypes';

function action(id: number, change: Partial<Action> = {}): Action {
  return {
    id,
    command: 'create_server',
    status: 'running',
    progress: 0,
    started: '2026-01-01T00:00:00Z',
    finished: null,
    resources: [{ id: 42, type: 'server' }],
    error: null,
    ...change,
  } as Action;
}

/** A provider whose actions a test moves on. */
function setUp({
  remainingShare = 1,
  mostSavedCalls = 0,
  typicalSeconds = {},
} = {}) {
  const clock = new ManualClock();
  const start = clock.now();
  const actions = new Map<number, Action>();
  const polls: { atSeconds: number; ids: number[] }[] = [];
  let failure: unknown;
  const poller = new ActionPoller({
    clock,
    pacing: {
      firstSeconds: 0.5,
      everySeconds: 1,
      spendSeconds: 4,
      mostSavedCalls,
      typicalSeconds,
    },
    remainingShare: () => remainingShare,
    async read(ids) {
      polls.push({ atSeconds: (clock.now() - start) / 1000, ids });
      if (failure) {
        throw failure;
      }
      return ids.flatMap(id => actions.get(id) ?? []);
    },
  });
  const running = (...ids: number[]) =>
    ids.map(id => {
      const one = action(id);
      actions.set(id, one);
      return one;
    });
  const set = (id: number, change: Partial<Action>) =>
    actions.set(id, action(id, change));
  return {
    clock,
    poller,
    polls,
    running,
    set,
    forget: (id: number) => actions.delete(id),
    failWith: (error: unknown) => {
      failure = error;
    },
  };
}

describe('ActionPoller', () => {
  it('asks nothing for actions that have ended', async () => {
    const { poller, polls, clock } = setUp();
    expect(await poller.wait([])).toEqual([]);
    const done = action(1, { status: 'success', progress: 100 });
    expect(await poller.wait([done])).toEqual([done]);
    expect(polls).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('polls after half a second, then once a second, until all have succeeded', async () => {
    const { poller, polls, clock, running, set } = setUp();
    const waiting = poller.wait(running(1, 2));
    await clock.advance(1.6);
    set(1, { status: 'success' });
    await clock.advance(1);
    set(2, { status: 'success' });
    await clock.advance(10);
    expect((await waiting).map(({ status }) => status)).toEqual([
      'success',
      'success',
    ]);
    expect(polls).toEqual([
      { atSeconds: 0.5, ids: [1, 2] },
      { atSeconds: 1.5, ids: [1, 2] },
      { atSeconds: 2.5, ids: [1, 2] },
      { atSeconds: 3.5, ids: [2] },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('asks when an action may have ended, once it knows how long such actions take', async () => {
    const { poller, polls, clock, running, set } = setUp({
      mostSavedCalls: 8,
    });
    const first = poller.wait(running(1));
    set(1, { status: 'success', finished: '2026-01-01T00:00:05Z' });
    await clock.advance(1);
    await first;
    polls.length = 0;

    const second = poller.wait(running(2));
    await clock.advance(4.2);
    set(2, { status: 'success' });
    await clock.advance(1);
    await second;
    // Quiet for 0.9 × 5 s less one, then what was saved is spent, evenly.
    expect(polls.map(({ atSeconds }) => (atSeconds - 1).toFixed(1))).toEqual([
      '3.5',
      '3.9',
      '4.2',
    ]);
  });

  it('is quiet again for what follows an action that has ended', async () => {
    const { poller, polls, clock, running, set } = setUp({
      typicalSeconds: { create_server: 2, start_server: 4 },
    });
    const [created] = running(1);
    const started = action(2, { command: 'start_server' });
    set(2, started);
    const waiting = poller.wait([created, started]);
    await clock.advance(3);
    set(1, { status: 'success' });
    await clock.advance(3);
    set(2, { ...started, status: 'success' });
    await clock.advance(5);
    await waiting;
    // 0.9 × 2 s and 0.9 × 4 s; the second from when the first was seen to have ended.
    expect(polls.map(({ atSeconds }) => atSeconds)).toEqual([5.4, 9]);
  });

  it('asks for what everyone waits for at once', async () => {
    const { poller, polls, clock, running, set } = setUp();
    const first = poller.wait(running(3, 1));
    await clock.advance(0.3);
    const second = poller.wait(running(2, 3));
    await clock.advance(0.3);
    const third = poller.wait(running(4));
    await clock.advance(1);
    expect(polls).toEqual([
      { atSeconds: 0.5, ids: [1, 2, 3] },
      { atSeconds: 1.5, ids: [1, 2, 3, 4] },
    ]);
    [1, 2, 3, 4].forEach(id => set(id, { status: 'success' }));
    await clock.advance(1);
    await Promise.all([first, second, third]);
    expect(polls).toHaveLength(3);
  });

  it('asks for at most 50 in a call, and then less often', async () => {
    const { poller, polls, clock, running } = setUp();
    const ids = Array.from({ length: 120 }, (_, i) => i + 1);
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = Promise.all(
      ids.map(id => poller.wait(running(id), { signal })),
    );
    await clock.advance(3.5);
    expect(
      polls.map(({ atSeconds, ids: asked }) => [atSeconds, asked.length]),
    ).toEqual([
      [0.5, 50],
      [0.5, 50],
      [0.5, 20],
      [3.5, 50],
      [3.5, 50],
      [3.5, 20],
    ]);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });

  it('asks only for what can end next when all would take several calls', async () => {
    const { poller, polls, clock, running, set } = setUp();
    const firsts = Array.from({ length: 40 }, (_, i) => 1 + i);
    const laters = firsts.map(id => id + 100);
    const waiting = firsts.map(id => poller.wait(running(id, id + 100)));
    await clock.advance(1);
    firsts.slice(0, 30).forEach(id => set(id, { status: 'success' }));
    await clock.advance(2);
    // What follows the thirty and both of the other ten: one call takes all of them.
    expect(polls.map(({ ids }) => ids)).toEqual([
      firsts,
      firsts,
      [...firsts.slice(30), ...laters],
    ]);
    [...firsts, ...laters].forEach(id => set(id, { status: 'success' }));
    await clock.advance(2);
    await Promise.all(waiting);
  });

  it('learns nothing from actions that others started', async () => {
    const { poller, polls, clock, running, set } = setUp();
    const seen = { started: '2026-01-01T00:00:00Z' };
    const ended = { ...seen, finished: '2026-01-01T00:02:00Z' };
    const theirs = poller.wait(running(1), { ofOthers: true });
    set(1, { ...ended, status: 'success' });
    await clock.advance(1);
    await theirs;
    const ours = poller.wait(running(2));
    await clock.advance(1);
    expect(polls.map(({ ids }) => ids)).toEqual([[1], [2]]);
    set(2, { status: 'success' });
    await clock.advance(1);
    await ours;
  });

  it('gives way when the budget is low', async () => {
    const { poller, polls, clock, running, set } = setUp({
      remainingShare: 0.2,
    });
    const waiting = poller.wait(running(1));
    await clock.advance(8);
    expect(polls.map(({ atSeconds }) => atSeconds)).toEqual([0.5, 5.5]);
    set(1, { status: 'success' });
    await clock.advance(5);
    await waiting;
  });

  it('tells a failed action with code, message, command and resources', async () => {
    const { poller, clock, running, set } = setUp();
    const waiting = poller.wait(running(1, 2));
    set(2, {
      status: 'error',
      error: { code: 'locked', message: 'server is locked' },
    });
    await Promise.all([
      expect(waiting).rejects.toMatchObject({
        name: 'CloudError',
        code: 'locked',
        outcome: 'unknown',
        message:
          'Hetzner Cloud: create_server of server 42 failed (locked, action 2): server is locked',
        action: {
          id: 2,
          command: 'create_server',
          resources: [{ id: 42, type: 'server' }],
        },
      }),
      clock.advance(1),
    ]);
    expect(clock.pending).toBe(0);
  });

  it('does not wait for an action that has failed already', async () => {
    const { poller, polls } = setUp();
    const failed = action(1, { status: 'error', error: null as never });
    await expect(poller.wait([failed, action(2)])).rejects.toMatchObject({
      code: 'action_failed',
    });
    expect(polls).toEqual([]);
  });

  it('fails only those that wait for an action nobody knows', async () => {
    const { poller, clock, running, set, forget } = setUp();
    const lost = poller.wait(running(1, 2));
    const other = poller.wait(running(3));
    forget(2);
    set(3, { status: 'success' });
    await Promise.all([
      expect(lost).rejects.toMatchObject({ code: 'action_not_found' }),
      expect(other).resolves.toHaveLength(1),
      clock.advance(1),
    ]);
  });

  it('tells everyone when reading fails, and works again for the next', async () => {
    const { poller, clock, running, set, failWith } = setUp();
    const failure = new CloudError({
      code: 'unauthorized',
      message: 'no',
      outcome: 'refused',
      operation: { method: 'GET', path: '/actions' },
    });
    failWith(failure);
    const both = [poller.wait(running(1)), poller.wait(running(2))];
    await Promise.all([
      ...both.map(waiting => expect(waiting).rejects.toBe(failure)),
      clock.advance(1),
    ]);
    failWith(undefined);
    const next = poller.wait(running(3));
    set(3, { status: 'success' });
    await clock.advance(2);
    expect(await next).toHaveLength(1);
  });

  it('gives up on an action that the provider never ends', async () => {
    const { poller, clock, running } = setUp();
    const waiting = poller.wait(running(1));
    await Promise.all([
      expect(waiting).rejects.toMatchObject({
        code: 'action_overdue',
        outcome: 'unknown',
        message: expect.stringContaining('action 1 within 20 minutes'),
      }),
      clock.advance(21 * 60),
    ]);
    expect(clock.pending).toBe(0);
  });

  it('ends waiting when the signal does, and asks no longer', async () => {
    const { poller, polls, clock, running } = setUp();
    const controller = new AbortController();
    const waiting = poller.wait(running(1), { signal: controller.signal });
    await clock.advance(0.5);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({
      code: 'aborted',
      outcome: 'unknown',
    });
    await clock.advance(10);
    expect(polls).toHaveLength(1);
    await expect(
      poller.wait(running(2), { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(clock.pending).toBe(0);
  });

  it('reports the mean progress, when it changes', async () => {
    const { poller, clock, running, set } = setUp();
    const progress: number[] = [];
    const waiting = poller.wait(running(1, 2), {
      onProgress: percent => progress.push(percent),
    });
    await clock.advance(1);
    set(1, { progress: 50 });
    await clock.advance(2);
    set(1, { status: 'success', progress: 100 });
    set(2, { progress: 33 });
    await clock.advance(1);
    set(2, { status: 'success', progress: 100 });
    await clock.advance(1);
    await waiting;
    expect(progress).toEqual([0, 25, 66, 100]);
  });

  it('lets a callback that throws end its own waiting only', async () => {
    const { poller, clock, running, set } = setUp();
    const broken = poller.wait(running(1), {
      onProgress: percent => {
        if (percent > 0) throw new Error('broken callback');
      },
    });
    const sound = poller.wait(running(1, 2));
    set(1, { progress: 10 });
    await Promise.all([
      expect(broken).rejects.toThrow('broken callback'),
      clock.advance(1),
    ]);
    set(1, { status: 'success' });
    set(2, { status: 'success' });
    await clock.advance(1);
    expect(await sound).toHaveLength(2);
  });

  it('ends every wait as its actions do, with at most one poll a second', async () => {
    const wait = fc.record({
      joins: fc.integer({ min: 0, max: 30 }),
      durations: fc.array(fc.integer({ min: 0, max: 60 }), {
        minLength: 1,
        maxLength: 5,
      }),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(wait, { minLength: 1, maxLength: 6 }),
        async waits => {
          const { poller, polls, clock, running, set } = setUp();
          const ends: {
            at: number;
            id: number;
            status: 'success' | 'error';
          }[] = [];
          const results: Promise<unknown>[] = [];
          let id = 0;
          const plan = waits.map(({ joins, durations, fails }) => ({
            joins,
            fails,
            ids: durations.map(duration => {
              id += 1;
              ends.push({
                at: joins + duration,
                id,
                status: fails ? 'error' : 'success',
              });
              return id;
            }),
          }));
          for (let tenth = 0; tenth <= 120; tenth++) {
            for (const { ids } of plan.filter(({ joins }) => joins === tenth)) {
              results.push(
                poller.wait(running(...ids)).then(
                  () => 'success',
                  () => 'error',
                ),
              );
            }
            for (const end of ends.filter(({ at }) => at === tenth)) {
              set(end.id, { status: end.status });
            }
            await clock.advance(0.1);
          }
          expect(await Promise.all(results)).toEqual(
            [...plan]
              .sort((a, b) => a.joins - b.joins)
              .map(({ fails }) => (fails ? 'error' : 'success')),
          );
          const moments = [...new Set(polls.map(poll => poll.atSeconds))];
          moments.slice(1).forEach((moment, i) => {
            expect(moment - moments[i]).toBeGreaterThan(0.999);
          });
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });
});
