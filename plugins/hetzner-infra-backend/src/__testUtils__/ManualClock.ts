import type { Clock } from '../clouds/clock';

interface Timer {
  at: number;
  run: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  schedule(delayMilliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + delayMilliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Runs everything that is due within so many seconds, each at its moment. */
  async advance(seconds: number): Promise<void> {
    const end = this.#now + seconds * 1000;
    await settled();
    for (;;) {
      const next = [...this.#timers]
        .filter(timer => timer.at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
  }
}

/** Lets everything run that waits for nothing but a turn of the event loop. */
function settled(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
