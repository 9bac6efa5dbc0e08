import type { Clock } from '../clock';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private time: number;
  private readonly timers = new Set<{ at: number; run: () => void }>();

  /** @param start - epoch milliseconds */
  constructor(start = Date.UTC(2026, 10, 23)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.time + Math.max(0, delayMs), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass; timers fire in order, each at its own instant. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers]
        .filter(({ at }) => at <= end)
        .sort((left, right) => left.at - right.at);
      if (!next) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}
