/** How long polls of actions wait, in seconds. */
export interface PollPacing {
  /** From the start of waiting to the first poll, while nothing is known of the actions. */
  firstSeconds: number;
  /** Between two polls on the average. */
  everySeconds: number;
  /** Over how long calls that were saved are spent, once an action may have ended. */
  spendSeconds: number;
  /** Calls that can be saved up while nothing is expected to end, or nobody waits. */
  mostSavedCalls: number;
  /** How long actions take that none was seen of yet, by command. Nothing is expected to end before. */
  typicalSeconds?: Readonly<Record<string, number>>;
}

/** The budget gives back one request a second, so no more is spent on polling. */
export const defaultPacing: PollPacing = {
  // A short action ends about when its request is answered.
  firstSeconds: 0.05,
  everySeconds: 1,
  spendSeconds: 3,
  mostSavedCalls: 6,
  // The lower end of what Terraform's apply logs in public repositories show.
  typicalSeconds: {
    attach_to_network: 2,
    create_load_balancer: 3,
    create_server: 8,
    delete_server: 1.5,
    start_server: 2,
  },
};

/** Ids that one `GET /actions` asks for: the largest page (Hetzner Cloud API, "Pagination"). */
export const IDS_PER_CALL = 50;

/** Longest time without a poll, so that progress is seen to move. Seconds. */
const LONGEST_QUIET_SECONDS = 6;

/** What the time of the next poll depends on. Times are milliseconds since 1970. */
export interface PollSituation {
  /** Since when somebody waits. */
  since: number;
  /** When the first waiter's actions may end; none is expected to end before. */
  expectedAt: number;
  lastPollAt: number;
  /** Calls saved up: one for each `everySeconds` that went by, less those made. */
  savedCalls: number;
  /** Number of actions that the next poll asks for. */
  asked: number;
  /** What is left of the rate budget, 0–1. */
  remainingShare: number;
}

/** Calls that one poll of so many actions takes. */
export function callsPerPoll(asked: number): number {
  return Math.max(1, Math.ceil(asked / IDS_PER_CALL));
}

/**
 * When the next poll is due, in milliseconds since 1970. Calls are saved while
 * nothing is expected to end and spent when something is, evenly, because
 * nobody knows when exactly. A poll that takes
 * several calls waits as many times as long, so that polling alone never
 * drains the budget; and below half and a quarter of the budget it gives way
 * to what else is waiting.
 */
export function nextPollAt(
  pacing: PollPacing,
  situation: PollSituation,
): number {
  const { since, expectedAt, lastPollAt, savedCalls, asked, remainingShare } =
    situation;
  const { everySeconds, spendSeconds } = pacing;
  const saved = remainingShare >= 0.5 ? savedCalls : 0;
  const calls = callsPerPoll(asked);
  const isFirstLook = expectedAt > lastPollAt && saved >= calls;
  const callsASecond = 1 / everySeconds + saved / spendSeconds;
  const seconds = isFirstLook
    ? 0
    : (calls * slowDown(remainingShare)) / callsASecond;
  const quietEnds = Math.max(lastPollAt, since) + LONGEST_QUIET_SECONDS * 1000;
  return Math.max(lastPollAt + seconds * 1000, Math.min(expectedAt, quietEnds));
}

function slowDown(remainingShare: number): number {
  if (remainingShare >= 0.5) {
    return 1;
  }
  return remainingShare >= 0.25 ? 2 : 5;
}
