import { Clock, DrivenClock, systemClock } from './clock';

const START = Date.UTC(2026, 10, 23);

/** A clock with its own time and timers that a test moves, as a machine's would. */
const machine = () =>
  new DrivenClock(systemClock, { mode: 'manual', nowMs: START });

describe('a clock', () => {
  let below: DrivenClock;
  let clock: DrivenClock;
  let fired: [string, number][];
  const timer = (name: string, ms: number, of: Clock = clock) =>
    of.after(ms, () => fired.push([name, of.now() - START]));

  beforeEach(() => {
    below = machine();
    clock = new DrivenClock(below);
    fired = [];
  });

  it('runs with the machine and fires timers in order', () => {
    timer('late', 2000);
    timer('early', 1000);
    const cancel = timer('never', 1500);
    cancel();
    below.advance(999);
    expect(fired).toEqual([]);
    below.advance(5000);
    expect(fired).toEqual([
      ['early', 1000],
      ['late', 2000],
    ]);
    expect(clock.now()).toBe(START + 5999);
  });

  it('is ahead of the machine after an advance, and stays so', () => {
    timer('a', 60_000);
    clock.after(10_000, () => timer('from a timer', 10_000));
    clock.advance(30_000);
    expect(fired).toEqual([['from a timer', 20_000]]);
    expect(clock.state).toEqual({ mode: 'running', aheadMs: 30_000 });
    below.advance(30_000);
    expect(fired[1]).toEqual(['a', 60_000]);
  });

  it('stands still when it is told to, and goes on from there', () => {
    timer('a', 1000);
    clock.setMode('manual');
    below.advance(3_600_000);
    expect([clock.now(), fired]).toEqual([START, []]);
    clock.advance(999);
    expect(fired).toEqual([]);
    clock.setMode('running');
    below.advance(1);
    expect(fired).toEqual([['a', 1000]]);
    expect(clock.now()).toBe(START + 1000);
  });

  it('lets nobody pause while it stands still', async () => {
    const paused = clock.pause(1_000_000);
    clock.setMode('manual');
    await paused;
    await clock.pause(1_000_000);
    expect(clock.now()).toBe(START);
  });

  it('knows the time of the machine whatever its own is', () => {
    const elsewhere: Clock = {
      now: () => START,
      wall: () => 42,
      after: () => () => {},
    };
    const driven = new DrivenClock(elsewhere);
    driven.advance(1000);
    expect([driven.now(), driven.wall()]).toEqual([START + 1000, 42]);
  });

  it('goes on from a state that was kept', () => {
    expect(new DrivenClock(below, { mode: 'running', aheadMs: 5 }).now()).toBe(
      START + 5,
    );
    expect(new DrivenClock(below, { mode: 'manual', nowMs: 7 }).now()).toBe(7);
  });

  it('waits longer than the machine can, without firing early', () => {
    const impatient: Clock = {
      now: () => below.now(),
      wall: () => below.wall(),
      after: (ms, run) => below.after(Math.min(ms, 1000), run),
    };
    timer('far', 10_000, new DrivenClock(impatient));
    below.advance(9_999);
    expect(fired).toEqual([]);
    below.advance(1);
    expect(fired).toEqual([['far', 10_000]]);
  });
});
