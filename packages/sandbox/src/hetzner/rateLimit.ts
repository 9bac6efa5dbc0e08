/** Tokens left in a project's bucket, as of an instant (epoch ms). */
export interface RateBucket {
  tokens: number;
  at: number;
}

/** How a bucket fills: `limit` tokens at most, `perSecond` more each second. */
export interface RateRule {
  limit: number;
  perSecond: number;
}

/**
 * The rule for a limit of requests per hour. The refill runs at the sandbox's
 * speed like everything else.
 */
export function rateRule(limitPerHour: number, speed: number): RateRule {
  return { limit: limitPerHour, perSecond: (limitPerHour / 3600) * speed };
}

/** What a request finds out about its bucket. */
export interface RateDecision {
  allowed: boolean;
  bucket: RateBucket;
  /** Values of RateLimit-Limit, -Remaining and -Reset (epoch second when full). */
  headers: { limit: number; remaining: number; reset: number };
}

/**
 * Takes one token from a bucket (undefined is a full one) if there is one.
 *
 * @param wall - the machine's time (epoch ms), by which clients read RateLimit-Reset
 */
export function takeToken(
  bucket: RateBucket | undefined,
  rule: RateRule,
  now: number,
  wall: number = now,
): RateDecision {
  const filled = bucket
    ? Math.min(
        rule.limit,
        bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rule.perSecond,
      )
    : rule.limit;
  const allowed = filled >= 1;
  const tokens = allowed ? filled - 1 : filled;
  const secondsToFull = (rule.limit - tokens) / rule.perSecond;
  return {
    allowed,
    bucket: { tokens, at: now },
    headers: {
      limit: rule.limit,
      remaining: Math.floor(tokens),
      reset: Math.ceil(wall / 1000 + secondsToFull),
    },
  };
}
