import type { Outcome } from '../CloudError';
import type { Random } from '../clock';
import { ownCodes } from '../ownCodes';
import { hetznerCodes } from './errorCodes';

/** How often and how fast a call is repeated. */
export interface RetryLimits {
  /** Tries in all, the first one included. */
  attempts: number;
  /** Longest wait before the second try; doubles with each further one. */
  baseSeconds: number;
  /** No wait is longer. */
  capSeconds: number;
}

/** A call that failed, as far as repeating it depends on it. */
export interface FailedCall {
  method: string;
  code: string;
  outcome: Outcome;
  /** Tries made so far, at least 1. */
  attempt: number;
  /** Codes that the caller wants repeated for this call. */
  retryOn?: readonly string[];
  /** Codes that the caller wants told at once: it knows better than time what to wait for. */
  tellAtOnce?: readonly string[];
}

/** What passes by itself and changed nothing, whatever was asked for. */
const PASSING_REFUSALS: readonly string[] = [
  hetznerCodes.rateLimitExceeded,
  ownCodes.connectionFailed,
];

/** A read that got no answer, or one that says nothing about what was asked, can be asked again. */
const LOST_READS: readonly string[] = [
  hetznerCodes.serverError,
  hetznerCodes.badGateway,
  hetznerCodes.unavailable,
  hetznerCodes.timeout,
  ownCodes.connectionLost,
  ownCodes.timedOut,
];

/** A write that has to wait for another change of the same object. */
const BUSY: readonly string[] = [hetznerCodes.conflict, hetznerCodes.locked];

/**
 * Whether a failed call may be sent again as it is. A write whose outcome is
 * unknown never may: it could have happened, and a second one would be a twin.
 */
export function isRepeatable(call: FailedCall): boolean {
  if (call.tellAtOnce?.includes(call.code)) return false;
  if (call.method === 'GET') {
    return [
      ...PASSING_REFUSALS,
      ...LOST_READS,
      ...(call.retryOn ?? []),
    ].includes(call.code);
  }
  return (
    call.outcome === 'refused' &&
    [...PASSING_REFUSALS, ...BUSY, ...(call.retryOn ?? [])].includes(call.code)
  );
}

/** Seconds to wait before try `attempt + 1`: exponential with full jitter. */
export function backOffSeconds(
  attempt: number,
  limits: Pick<RetryLimits, 'baseSeconds' | 'capSeconds'>,
  random: Random,
): number {
  const ceiling = Math.min(
    limits.capSeconds,
    limits.baseSeconds * 2 ** (attempt - 1),
  );
  return random() * ceiling;
}

/** Seconds until the next try, or undefined if there is none. */
export function retryDelaySeconds(
  call: FailedCall,
  limits: RetryLimits,
  random: Random,
): number | undefined {
  if (call.attempt >= limits.attempts || !isRepeatable(call)) {
    return undefined;
  }
  return backOffSeconds(call.attempt, limits, random);
}
