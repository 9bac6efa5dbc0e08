import { z } from 'zod';
import { CloudError, type CloudOperation, type Outcome } from '../CloudError';
import { ownCodes } from '../ownCodes';
import { correlationIdOf, rateResetOf } from './answerHeaders';
import { describeFailure } from './describeFailure';
import { hetznerCodes } from './errorCodes';
import type { Exchange } from './transport';

/** `{"error": {code, message, details}}` (Hetzner Cloud API, "Errors"). */
const envelope = z.object({
  error: z.object({
    code: z.string().min(1),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});

/** Each part is kept if it is as described, and left out if it is not. */
const details = z
  .object({
    fields: z
      .array(
        z.object({
          name: z.string(),
          messages: z.array(z.string()).default([]),
        }),
      )
      .optional()
      .catch(undefined),
    limits: z
      .array(z.object({ name: z.string() }))
      .optional()
      .catch(undefined),
    announcement: z.string().optional().catch(undefined),
  })
  .catch({});

/** Codes for answers without the API's envelope: a gateway answered instead. */
const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  429: hetznerCodes.rateLimitExceeded,
  500: hetznerCodes.serverError,
  502: hetznerCodes.badGateway,
  503: hetznerCodes.unavailable,
  504: hetznerCodes.timeout,
};

export type Decoded =
  | { ok: true; value: unknown }
  | { ok: false; error: CloudError };

/** What an exchange means: the answer's JSON (undefined if it has none), or our error. */
export function decodeAnswer(
  exchange: Exchange,
  operation: CloudOperation,
): Decoded {
  if (exchange.kind === 'no-answer') {
    const { code, outcome, reason } = exchange;
    const message = describeFailure({ operation, code, outcome, reason });
    return {
      ok: false,
      error: new CloudError({ code, message, outcome, operation }),
    };
  }
  const { status, headers, text } = exchange;
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    if (status === 204 || isObject(body)) {
      return { ok: true, value: status === 204 ? undefined : body };
    }
  }
  const told = envelope.safeParse(body);
  const code = told.success
    ? told.data.error.code
    : CODE_BY_STATUS[status] ?? ownCodes.invalidResponse;
  const outcome = outcomeOf(status);
  const reason = told.success
    ? told.data.error.message
    : `The answer (status ${status}) is not the API's. Check the endpoint and what stands between it and the portal.`;
  const known = told.success
    ? details.parse(told.data.error.details ?? {})
    : undefined;
  const correlationId = correlationIdOf(headers);
  return {
    ok: false,
    error: new CloudError({
      code,
      message: describeFailure({
        operation,
        code,
        outcome,
        reason,
        status,
        details: known,
        correlationId,
      }),
      outcome,
      operation,
      status,
      correlationId,
      details: known,
      retryAfter: status === 429 ? rateResetOf(headers) : undefined,
    }),
  };
}

/**
 * A 4xx is a decision of the API (or of a gateway before it); after a 5xx, or a
 * 2xx that cannot be read, nobody knows.
 */
function outcomeOf(status: number): Outcome {
  return status >= 300 && status < 500 ? 'refused' : 'unknown';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
