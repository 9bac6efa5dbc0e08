import type { Clock } from '../clouds/clock';

/**
 * Time that jumps: whatever is scheduled runs at the next turn of the event
 * loop, and the clock then shows the time at which it was due. Lets a test with
 * a real server see which waits there were without waiting.
 */
export class InstantClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  /** Seconds of each wait, in the order in which they began. */
  readonly waits: number[] = [];

  now(): number {
    return this.#now;
  }

  schedule(delayMilliseconds: number, run: () => void): () => void {
    this.waits.push(delayMilliseconds / 1000);
    const at = this.#now + delayMilliseconds;
    const immediate = setImmediate(() => {
      this.#now = Math.max(this.#now, at);
      run();
    });
    return () => clearImmediate(immediate);
  }
}
