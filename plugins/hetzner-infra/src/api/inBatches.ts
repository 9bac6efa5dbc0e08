import { Turns } from './oneAtATime';

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
  const turns = new Turns<'call'>(pauseMilliseconds);
  const ask = () => {
    // Why a call failed is the call's to tell.
    turns.ask('call', call).catch(() => {});
  };
  return Object.assign(ask, { cancel: () => turns.cancel('call') });
}
