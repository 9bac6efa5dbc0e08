const HOUR_SECONDS = 3600;

/** What an owner was told about one end of an environment. Epoch milliseconds. */
export type SentNotice = { notice: string; at: number };

/** What the decision about an end depends on. Times are epoch milliseconds. */
export type ExpiryFacts = {
  expiresAt: number;
  isProtected: boolean;
  /** Whether an operation on it is unfinished. */
  isWorking: boolean;
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
  | { do: 'remove'; notice: typeof REMOVAL };

export const PROTECTED = 'protected';
export const REMOVAL = 'removal';
const LATE = 'late warning';

const NOTHING: ExpiryStep = { do: 'nothing' };

const hoursMs = (hours: number) => hours * HOUR_SECONDS * 1000;
const warning = (hours: number) => `${hours} h before`;

/**
 * What the end of an environment asks for now. Nothing is removed of which the
 * owner was not warned: when no warning went out in time, because the portal
 * was down or the time was set late, one goes out now, and the removal waits as
 * long as the shortest warning.
 */
export function expiryStep(facts: ExpiryFacts): ExpiryStep {
  const { expiresAt, isProtected, now, sent, warnHoursBefore } = facts;
  if (sent.some(({ notice }) => notice === REMOVAL)) return NOTHING;
  if (now < expiresAt) return isProtected ? NOTHING : warningDue(facts);
  if (isProtected) {
    return sent.some(({ notice }) => notice === PROTECTED)
      ? NOTHING
      : { do: 'tell-protected', notice: PROTECTED };
  }
  const grace = hoursMs(Math.min(...warnHoursBefore));
  const warned = sent
    .filter(({ notice }) => notice !== PROTECTED)
    .map(({ notice, at }) => (notice === LATE ? at + grace : expiresAt));
  if (warned.length === 0) {
    return { do: 'warn', notice: LATE, removalAt: now + grace };
  }
  return now >= Math.max(...warned) && !facts.isWorking
    ? { do: 'remove', notice: REMOVAL }
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
