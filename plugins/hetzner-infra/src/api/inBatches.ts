/** A call for which many may ask at once. */
export interface Batched {
  (): void;
  /** Forgets who asked meanwhile. */
  cancel(): void;
}

/**
 * Calls at once, and for all who ask from then on once more: after that call has
 * ended and a pause has gone by. So a burst is two calls, one after the other.
 *
 * @param pauseMilliseconds - between the beginnings of two calls, at least
 */
export function inBatches(
  call: () => Promise<void>,
  pauseMilliseconds: number,
): Batched {
  let isBusy = false;
  let isWanted = false;
  const run = async () => {
    isBusy = true;
    isWanted = false;
    const pause = new Promise<void>(resolve => {
      setTimeout(resolve, pauseMilliseconds);
    });
    await Promise.allSettled([call(), pause]);
    isBusy = false;
    if (isWanted) run();
  };
  const ask = () => {
    if (isBusy) isWanted = true;
    else run();
  };
  return Object.assign(ask, {
    cancel: () => {
      isWanted = false;
    },
  });
}
