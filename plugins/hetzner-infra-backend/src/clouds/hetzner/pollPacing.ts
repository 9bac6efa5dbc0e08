/** How long a poll of actions waits, in seconds. */
export interface PollPacing {
  /** From the start of waiting to the first poll. */
  firstSeconds: number;
  /** Between two calls, while requests are plentiful. */
  everySeconds: number;
}

/** Most actions end within seconds; the budget gives back one request a second. */
export const defaultPacing: PollPacing = { firstSeconds: 0.5, everySeconds: 1 };

/** Ids that one `GET /actions` asks for; the page size if none is given. */
export const IDS_PER_CALL = 25;

/**
 * Seconds between two polls. One that takes several calls waits as many times
 * as long, so that polling alone never drains the budget; and below half and a
 * quarter of the budget it gives way to what else is waiting.
 *
 * @param running number of actions waited for
 * @param remainingShare what is left of the rate budget, 0–1
 */
export function pollIntervalSeconds(
  pacing: PollPacing,
  running: number,
  remainingShare: number,
): number {
  const calls = Math.max(1, Math.ceil(running / IDS_PER_CALL));
  return pacing.everySeconds * calls * slowDown(remainingShare);
}

function slowDown(remainingShare: number): number {
  if (remainingShare >= 0.5) {
    return 1;
  }
  return remainingShare >= 0.25 ? 2 : 5;
}
