import { ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { CloudError } from '../clouds/CloudError';

/** What to do about what passes by itself; for the rest the error says it. */
const LATER =
  'Nothing was changed. Try again in a minute; if it stays like this, ask who looks after the connection.';

const TOO_MANY_REQUESTS = 429;

/** A provider did not do what it was asked. Carries its code and correlation id, nothing of its request. */
export class ProviderError extends ServiceUnavailableError {
  readonly code: string;
  readonly correlationId?: string;

  constructor({ message, code, correlationId, status = 500 }: CloudError) {
    const isPassing = status >= 500 || status === TOO_MANY_REQUESTS;
    super(isPassing ? `${message} ${LATER}` : message);
    this.name = 'ServiceUnavailableError';
    this.code = code;
    if (correlationId) {
      this.correlationId = correlationId;
    }
  }
}

/**
 * Turns what must not leave as it is into errors of the portal's own: the status
 * of a provider's answer would become the status of the portal's.
 */
export const translateErrors: ErrorRequestHandler = (
  error,
  _request,
  _response,
  next,
) => {
  next(translated(error));
};

/** The error as callers of the API may see it. */
export function translated(error: unknown): unknown {
  if (error instanceof CloudError) {
    return new ProviderError(error);
  }
  if (error instanceof z.ZodError) {
    return new Error('A stored document does not fit this version any more.');
  }
  return error;
}
