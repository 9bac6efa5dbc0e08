import { z } from 'zod';

/** Where the sandbox takes time from. */
export interface Clock {
  /** Epoch milliseconds in the sandbox, fractional. */
  now(): number;
  /** Epoch milliseconds of the machine, which clients compare with their own. */
  wall(): number;
  /** Runs `run` once after `delayMs` milliseconds; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay that setTimeout keeps; longer ones fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const machineNow = () => performance.timeOrigin + performance.now();

/** The machine's own clock. Very long delays end early. */
export const systemClock: Clock = {
  now: machineNow,
  wall: machineNow,
  after(delayMs, run) {
    const timer = setTimeout(
      run,
      Math.min(Math.max(0, delayMs), LONGEST_TIMEOUT_MS),
    );
    return () => clearTimeout(timer);
  },
};

/** How time passes: with the machine's, or only when it is advanced. */
export const clockState = z.discriminatedUnion('mode', [
  z.object({
    mode: z.literal('running'),
    /** Milliseconds that it is ahead of the machine's clock. */
    aheadMs: z.number(),
  }),
  z.object({
    mode: z.literal('manual'),
    /** Epoch milliseconds at which it stands. */
    nowMs: z.number(),
  }),
]);

/** How time passes. */
export type ClockState = z.infer<typeof clockState>;

interface Timer {
  at: number;
  run: () => void;
}

/**
 * A clock that runs with another one until it is stopped, and that can be
 * advanced in both cases. Timers fire in order, each at its own instant.
 */
export class DrivenClock implements Clock {
  private readonly timers = new Set<Timer>();
  private readonly pauses = new Set<() => void>();
  private cancelNext = () => {};

  constructor(
    private readonly machine: Clock = systemClock,
    private current: ClockState = { mode: 'running', aheadMs: 0 },
  ) {}

  get state(): ClockState {
    return this.current;
  }

  now(): number {
    return this.current.mode === 'manual'
      ? this.current.nowMs
      : this.machine.now() + this.current.aheadMs;
  }

  wall(): number {
    return this.machine.wall();
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.now() + Math.max(0, delayMs), run };
    this.timers.add(timer);
    this.wait();
    return () => {
      this.timers.delete(timer);
      this.wait();
    };
  }

  /** Resolves after `delayMs` milliseconds, and at once while time stands still. */
  async pause(delayMs: number): Promise<void> {
    if (this.current.mode === 'manual') return;
    await new Promise<void>(resolve => {
      let cancel = () => {};
      const end = () => {
        this.pauses.delete(end);
        cancel();
        resolve();
      };
      this.pauses.add(end);
      cancel = this.after(delayMs, end);
    });
  }

  /** Stops time or lets it go on from where it stands. */
  setMode(mode: ClockState['mode']): void {
    if (mode === this.current.mode) return;
    const now = this.now();
    this.current =
      mode === 'manual'
        ? { mode, nowMs: now }
        : { mode, aheadMs: now - this.machine.now() };
    if (mode === 'manual') for (const end of [...this.pauses]) end();
    this.wait();
  }

  /** Lets milliseconds pass at once. */
  advance(ms: number): void {
    const { mode } = this.current;
    const end = this.now() + ms;
    this.runUntil(end);
    this.current =
      mode === 'manual'
        ? { mode, nowMs: end }
        : { mode, aheadMs: end - this.machine.now() };
    this.wait();
  }

  private earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) {
      if (!first || timer.at < first.at) first = timer;
    }
    return first;
  }

  /** Fires what is due, with the clock standing at the instant of each timer. */
  private runUntil(end: number): void {
    let at = this.now();
    for (
      let next = this.earliest();
      next && next.at <= end;
      next = this.earliest()
    ) {
      this.timers.delete(next);
      at = Math.max(at, next.at);
      this.current = { mode: 'manual', nowMs: at };
      next.run();
    }
  }

  /** Has the machine's clock wake this one for the next timer. */
  private wait(): void {
    this.cancelNext();
    this.cancelNext = () => {};
    const next = this.earliest();
    if (!next || this.current.mode === 'manual') return;
    this.cancelNext = this.machine.after(next.at - this.now(), () =>
      this.wake(),
    );
  }

  private wake(): void {
    // Each timer sees the time that it is now, not the one that it asked for.
    const now = this.now();
    for (
      let next = this.earliest();
      next && next.at <= now;
      next = this.earliest()
    ) {
      this.timers.delete(next);
      next.run();
    }
    this.wait();
  }
}
