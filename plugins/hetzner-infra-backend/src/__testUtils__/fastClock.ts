import type { Clock } from '../clouds/clock';

/** A clock that runs ahead of the machine's. */
export interface FastClockOptions {
  /** How many seconds pass in one of the machine's. */
  speed: number;
  /** When it showed the machine's time, in milliseconds since 1970: the same for all that share a database. */
  since: number;
}

/** Time that passes many times as fast, so that leases, pauses and polls keep their lengths in it. */
export function fastClock({ speed, since }: FastClockOptions): Clock {
  return {
    now: () => Math.round(since + (Date.now() - since) * speed),
    schedule(delayMilliseconds, run) {
      const timer = setTimeout(run, delayMilliseconds / speed);
      return () => clearTimeout(timer);
    },
  };
}
