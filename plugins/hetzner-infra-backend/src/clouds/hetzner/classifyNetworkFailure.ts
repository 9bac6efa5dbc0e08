import type { Outcome } from '../CloudError';
import { ownCodes } from '../ownCodes';

/** A request that got no answer, in our words. */
export interface NetworkFailure {
  code: string;
  outcome: Outcome;
  /** For people; holds nothing of the client's error but a system error code. */
  reason: string;
}

/** What ended the request, besides the error itself. */
export interface FailureContext {
  /** The caller's signal. */
  aborted: boolean;
  /** The time allowed for the call, or for what it is a part of. */
  timedOut: boolean;
  /** Absent if it was not the call's own. */
  timeoutSeconds?: number;
}

/** System errors that occur before a connection exists, so nothing was sent. */
const NOT_CONNECTED = new Set([
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/** Node's names for a certificate that does not hold (Node.js, TLS: "X509 certificate error codes"). */
const BAD_CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|ERR_TLS_CERT|PATH_LENGTH_EXCEEDED)/;

const NO_TLS = /^(EPROTO|ERR_SSL_)/;

/**
 * Says what a client's error means and forgets the error. Only its system code
 * is read: its message, config and request can carry the token.
 */
export function classifyNetworkFailure(
  error: unknown,
  context: FailureContext,
): NetworkFailure {
  if (context.aborted) {
    return {
      code: ownCodes.aborted,
      outcome: 'unknown',
      reason: 'It was cancelled while the answer was awaited.',
    };
  }
  if (context.timedOut) {
    return {
      code: ownCodes.timedOut,
      outcome: 'unknown',
      reason:
        context.timeoutSeconds === undefined
          ? 'Hetzner does not answer.'
          : `No answer came within ${context.timeoutSeconds} s.`,
    };
  }
  const { code, syscall } = systemErrorOf(error);
  if (BAD_CERTIFICATE.test(code)) {
    return {
      code: ownCodes.tlsError,
      // The certificate is checked before the request is written.
      outcome: 'refused',
      reason: `The server's certificate could not be verified (${code}). Check the endpoint and what stands between it and the portal; verification cannot be switched off.`,
    };
  }
  if (NO_TLS.test(code)) {
    return {
      code: ownCodes.tlsError,
      // Rarely, the secure connection breaks later than at its start.
      outcome: 'unknown',
      reason: `No secure connection came about (${code}). Check that the endpoint speaks HTTPS.`,
    };
  }
  if (NOT_CONNECTED.has(code) || syscall === 'connect') {
    return {
      code: ownCodes.connectionFailed,
      outcome: 'refused',
      reason: `There was no connection (${code}). Check the endpoint and that it is up.`,
    };
  }
  return {
    code: ownCodes.connectionLost,
    outcome: 'unknown',
    reason: `The connection broke before the whole answer was there (${
      code || 'no code'
    }).`,
  };
}

/** The system's code, from the error or from what it wraps. */
function systemErrorOf(error: unknown): { code: string; syscall?: string } {
  let found = { code: '', syscall: undefined as string | undefined };
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    const { code, syscall, cause } = current as NodeJS.ErrnoException;
    if (typeof code === 'string' && /^[A-Z0-9_]+$/.test(code)) {
      found = { code, syscall: syscall ?? found.syscall };
    }
    current = cause;
  }
  return found;
}
