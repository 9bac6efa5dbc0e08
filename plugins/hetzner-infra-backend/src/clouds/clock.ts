/** Time, as far as waiting needs it. Tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something once, later. Returns what cancels it. */
  schedule(delayMilliseconds: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMilliseconds, run) {
    const timer = setTimeout(run, delayMilliseconds);
    return () => clearTimeout(timer);
  },
};

/** A number in [0, 1), as Math.random gives it. */
export type Random = () => number;

/** Resolves after so many seconds, or as soon as the signal is aborted. Never rejects. */
export function sleep(
  clock: Clock,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    let cancel: () => void = () => {};
    const wake = () => {
      cancel();
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    cancel = clock.schedule(seconds * 1000, wake);
    signal?.addEventListener('abort', wake);
  });
}
