import fc from 'fast-check';
import { RateBudget, type RateReading, type TakeOptions } from './RateBudget';
import { ManualClock } from '../__testUtils__/ManualClock';

function setUp(remaining = 3600, limit = 3600) {
  const clock = new ManualClock();
  const budget = new RateBudget({ clock });
  const admitted: string[] = [];
  const take = (name: string, options: Partial<TakeOptions> = {}) =>
    budget
      .take({ priority: 'background', share: {}, ...options })
      .then(taken => taken && admitted.push(name));
  const read = async (reading: Partial<RateReading>) => {
    await budget.take({ priority: 'interactive', share: {} });
    budget.settle({ limit, refused: false, ...reading });
  };
  return {
    clock,
    budget,
    admitted,
    take,
    read,
    start: () => read({ remaining }),
  };
}

describe('RateBudget', () => {
  it('admits at once while there is plenty', async () => {
    const { budget, admitted, take, clock } = setUp();
    take('a');
    take('b');
    await clock.advance(0);
    expect(admitted).toEqual(['a', 'b']);
    expect(budget.status()).toEqual({ limit: 3600, remaining: 3598 });
    expect(clock.pending).toBe(0);
  });

  it('refills a request a second, and not beyond the limit', async () => {
    const { budget, start, clock } = setUp(1000);
    await start();
    await clock.advance(60);
    expect(budget.status().remaining).toBe(1060);
    await clock.advance(7200);
    expect(budget.status().remaining).toBe(3600);
  });

  it('believes the provider: what others used is gone, a raised limit is there', async () => {
    const { budget, read } = setUp();
    await read({ remaining: 2000 });
    expect(budget.status()).toEqual({ limit: 3600, remaining: 2000 });
    await read({ limit: 7200, remaining: 7000 });
    expect(budget.status()).toEqual({ limit: 7200, remaining: 7000 });
  });

  it('counts what is on its way, which the provider has not seen', async () => {
    const { budget, take, read, clock } = setUp();
    take('a');
    take('b');
    await clock.advance(0);
    await read({ remaining: 1000 });
    expect(budget.status().remaining).toBe(998);
  });

  it('gives back what was not sent', async () => {
    const { budget, take, clock } = setUp();
    take('a');
    await clock.advance(0);
    budget.settle('not-sent');
    expect(budget.status().remaining).toBe(3600);
  });

  it('keeps its own count when an answer brings none', async () => {
    const { budget, take, clock } = setUp();
    take('a');
    await clock.advance(0);
    budget.settle('no-count');
    expect(budget.status().remaining).toBe(3599);
  });

  it('leaves the last tenth to interactive calls', async () => {
    const { admitted, take, start, clock, budget } = setUp(361);
    await start();
    take('background 1');
    take('background 2');
    take('page 1', { priority: 'interactive' });
    take('page 2', { priority: 'interactive' });
    await clock.advance(0);
    expect(admitted).toEqual([
      'background 1',
      'background 2',
      'page 1',
      'page 2',
    ]);
    take('background 3');
    take('page 3', { priority: 'interactive' });
    await clock.advance(0);
    expect(admitted.slice(4)).toEqual(['page 3']);
    expect(budget.status().pausedUntil).toEqual(new Date(clock.now() + 2000));
    await clock.advance(2);
    expect(admitted.slice(4)).toEqual(['page 3', 'background 3']);
  });

  it('lets background calls go on at half the refill within the reserve', async () => {
    const { admitted, take, start, clock, budget } = setUp(100);
    await start();
    for (let i = 0; i < 100; i++) {
      take(`${i}`);
    }
    await clock.advance(60);
    expect(admitted).toHaveLength(31);
    expect(budget.status().remaining).toBe(100 + 60 - 31);
  });

  it('waits for the refill when nothing is left, and says until when', async () => {
    const { admitted, take, start, clock, budget } = setUp(0);
    await start();
    take('page', { priority: 'interactive' });
    take('background');
    expect(budget.status().pausedUntil).toEqual(new Date(clock.now() + 1000));
    await clock.advance(0.9);
    expect(admitted).toEqual([]);
    await clock.advance(0.1);
    expect(admitted).toEqual(['page']);
    await clock.advance(2);
    expect(admitted).toEqual(['page', 'background']);
    expect(clock.pending).toBe(0);
  });

  it('says until when background calls wait for each other', async () => {
    // Ten of a hundred are kept for interactive calls.
    const { start, clock, budget } = setUp(4, 100);
    await start();
    const { slowUntil } = budget.status();
    expect(slowUntil).toEqual(new Date(clock.now() + 7 * 36_000));
    await clock.advance(7 * 36);
    expect(budget.status().slowUntil).toBeUndefined();
    expect(budget.status().pausedUntil).toBeUndefined();
  });

  it('gives way for longer each time it is refused, until the reset', async () => {
    const { clock, budget } = setUp();
    const pauses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const taken = budget.take({ priority: 'interactive', share: {} });
      const asked = clock.now();
      while (!(await Promise.race([taken, clock.advance(1)]))) {
        // The time that passes here is what is measured.
      }
      pauses.push((clock.now() - asked) / 1000);
      budget.settle({
        limit: 3600,
        remaining: 0,
        resetAt: new Date(clock.now() + 6000),
        refused: true,
      });
    }
    const paused = budget.status().pausedUntil!.getTime() - clock.now();
    expect([...pauses.slice(1), paused / 1000]).toEqual([1, 2, 4, 6, 6]);
  });

  it('takes refusals at the same time for one', async () => {
    const { clock, budget, take } = setUp();
    ['a', 'b', 'c', 'd'].forEach(name => take(name));
    await clock.advance(0);
    for (let i = 0; i < 4; i++) {
      budget.settle({ limit: 3600, remaining: 0, refused: true });
    }
    expect(budget.status().pausedUntil).toEqual(new Date(clock.now() + 1000));
  });

  it('forgets the refusals with the first answer that is none', async () => {
    const { clock, budget, read } = setUp();
    for (const refused of [true, true, false, true]) {
      await clock.advance(100);
      await read({ remaining: 0, refused });
    }
    expect(budget.status().pausedUntil).toEqual(new Date(clock.now() + 1000));
  });

  it('lets the shares take turns', async () => {
    const { admitted, take, start, clock } = setUp(0);
    await start();
    const [big, small] = [{}, {}];
    for (const i of [1, 2, 3]) {
      take(`big ${i}`, { share: big });
    }
    take('small 1', { share: small });
    take('small 2', { share: small });
    await clock.advance(60);
    expect(admitted).toEqual(['big 1', 'small 1', 'big 2', 'small 2', 'big 3']);
  });

  it('takes out of the queue who is no longer interested', async () => {
    const { admitted, budget, take, start, clock } = setUp(0);
    await start();
    const controller = new AbortController();
    const leaving = budget.take({
      priority: 'background',
      share: {},
      signal: controller.signal,
    });
    take('stays');
    controller.abort();
    expect(await leaving).toBe(false);
    await clock.advance(2);
    expect(admitted).toEqual(['stays']);
    expect(budget.status().remaining).toBe(1);
    expect(
      await budget.take({
        priority: 'background',
        share: {},
        signal: controller.signal,
      }),
    ).toBe(false);
  });

  it('is never refused by a provider that counts as it does, and starves nobody', async () => {
    const arrivals = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 3 }),
        calls: fc.integer({ min: 1, max: 20 }),
        priority: fc.constantFrom(
          'interactive' as const,
          'background' as const,
        ),
      }),
      { minLength: 1, maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        arrivals,
        async (available, bursts) => {
          const { clock, budget } = setUp();
          const limit = 3600;
          let remaining = available;
          let counted = clock.now();
          const refill = () => {
            remaining = Math.min(
              limit,
              remaining + (clock.now() - counted) / 1000,
            );
            counted = clock.now();
          };
          const call = async (priority: TakeOptions['priority']) => {
            await budget.take({ priority, share: {} });
            refill();
            remaining -= 1;
            // The tolerance of the budget's own arithmetic.
            expect(remaining).toBeGreaterThan(-0.001);
            budget.settle({
              limit,
              remaining: Math.max(0, Math.floor(remaining + 1e-6)),
              refused: false,
            });
          };
          await budget.take({ priority: 'interactive', share: {} });
          budget.settle({ limit, remaining: available, refused: false });
          const calls: Promise<void>[] = [];
          for (const { after, calls: count, priority } of bursts) {
            await clock.advance(after);
            for (let i = 0; i < count; i++) {
              calls.push(call(priority));
            }
          }
          await clock.advance(2000);
          await Promise.all(calls);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
