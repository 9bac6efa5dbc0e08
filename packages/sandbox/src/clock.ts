/** Where the sandbox takes time from. Tests pass a clock that they step by hand. */
export interface Clock {
  /** Epoch milliseconds, fractional. */
  now(): number;
  /** Runs `run` once after `delayMs` milliseconds; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay that setTimeout keeps; longer ones fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(
      run,
      Math.min(Math.max(0, delayMs), LONGEST_TIMEOUT_MS),
    );
    return () => clearTimeout(timer);
  },
};
