const HOUR_SECONDS = 3600;

/** What an owner was told about one end of an environment. Epoch milliseconds. */
export type SentNotice = { notice: string; at: number };

/** What the decision about an end depends on. Times are epoch milliseconds. */
export type ExpiryFacts = {
  expiresAt: number;
  isProtected: boolean;
  /** Whether an operation on it is unfinished. */
  isWorking: boolean;
  /** When the removal ended that failed; absent unless that is the last that was done with it. */
  failedRemovalAt?: number;
  /** What was sent about this very end; an extension makes another one. */
  sent: readonly SentNotice[];
  /** When to warn, hours before the end; at least one. */
  warnHoursBefore: readonly number[];
  now: number;
};

/** What an end asks for now. */
export type ExpiryStep =
  | { do: 'nothing' }
  /** Tell the owner that it goes at `removalAt`, and remember `notice`. */
  | { do: 'warn'; notice: string; removalAt: number }
  /** Tell the owner that the time is over and that it stays. */
  | { do: 'tell-protected'; notice: typeof PROTECTED }
  | { do: 'remove'; notice: string; attempt: number }
  /** Tell the owner that the removal failed and is tried again at `retryAt`. */
  | { do: 'tell-failed'; notice: string; retryAt: number };

export const PROTECTED = 'protected';
export const REMOVAL = 'removal';
const LATE = 'late warning';

/** The first pause before a removal that failed is tried again; doubles with each failure. */
const FIRST_PAUSE_MS = 5 * 60 * 1000;
/** Four times a day: what it waits for may need a person. */
const LONGEST_PAUSE_MS = 6 * HOUR_SECONDS * 1000;

const NOTHING: ExpiryStep = { do: 'nothing' };

const hoursMs = (hours: number) => hours * HOUR_SECONDS * 1000;
const warning = (hours: number) => `${hours} h before`;
/** The first one is the notice of former versions. */
const removal = (attempt: number) =>
  attempt === 1 ? REMOVAL : `${REMOVAL} ${attempt}`;
const failure = (attempt: number) => `${REMOVAL} ${attempt} failed`;

/**
 * What the end of an environment asks for now. Nothing is removed of which the
 * owner was not warned: when no warning went out in time, because the portal
 * was down or the time was set late, one goes out now, and the removal waits as
 * long as the shortest warning. A removal that failed is tried again, later
 * each time; one that somebody cancelled is not.
 */
export function expiryStep(facts: ExpiryFacts): ExpiryStep {
  const { expiresAt, isProtected, now, sent, warnHoursBefore } = facts;
  if (now < expiresAt) return isProtected ? NOTHING : warningDue(facts);
  if (isProtected) {
    return sent.some(({ notice }) => notice === PROTECTED)
      ? NOTHING
      : { do: 'tell-protected', notice: PROTECTED };
  }
  const attempts = removalsIn(sent);
  if (attempts > 0) return again(facts, attempts);
  const grace = hoursMs(Math.min(...warnHoursBefore));
  const warned = sent
    .filter(({ notice }) => notice !== PROTECTED)
    .map(({ notice, at }) => (notice === LATE ? at + grace : expiresAt));
  if (warned.length === 0) {
    return { do: 'warn', notice: LATE, removalAt: now + grace };
  }
  return now >= Math.max(...warned) && !facts.isWorking
    ? { do: 'remove', notice: removal(1), attempt: 1 }
    : NOTHING;
}

/** How often its removal was asked for. */
function removalsIn(sent: readonly SentNotice[]): number {
  const notices = new Set(sent.map(({ notice }) => notice));
  let attempts = 0;
  while (notices.has(removal(attempts + 1))) attempts++;
  return attempts;
}

/** What the end asks for after so many attempts to remove it. */
function again(
  { failedRemovalAt, isWorking, sent, now }: ExpiryFacts,
  attempts: number,
): ExpiryStep {
  if (failedRemovalAt === undefined || isWorking) return NOTHING;
  const retryAt =
    failedRemovalAt +
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  const told = failure(attempts);
  if (!sent.some(({ notice }) => notice === told)) {
    return { do: 'tell-failed', notice: told, retryAt };
  }
  return now >= retryAt
    ? { do: 'remove', notice: removal(attempts + 1), attempt: attempts + 1 }
    : NOTHING;
}

/** The nearest warning whose time has come, unless it or a nearer one went out. */
function warningDue({
  expiresAt,
  now,
  sent,
  warnHoursBefore,
}: ExpiryFacts): ExpiryStep {
  const due = warnHoursBefore.filter(
    hours => expiresAt - hoursMs(hours) <= now,
  );
  if (due.length === 0) return NOTHING;
  const nearest = Math.min(...due);
  const isTold = warnHoursBefore
    .filter(hours => hours <= nearest)
    .some(hours => sent.some(({ notice }) => notice === warning(hours)));
  return isTold
    ? NOTHING
    : { do: 'warn', notice: warning(nearest), removalAt: expiresAt };
}
