import type { CloudErrorDetails, CloudOperation, Outcome } from '../CloudError';
import { hetznerCodes as codes } from './errorCodes';

/** What is known of a failure, to be put into words. */
export interface Failure {
  operation: CloudOperation;
  code: string;
  outcome: Outcome;
  /** The provider's own words, or ours if it said nothing. */
  reason: string;
  status?: number;
  details?: CloudErrorDetails;
  correlationId?: string;
}

/** What a person can do about it, for the codes where there is something to do. */
const ADVICE: Readonly<Record<string, string>> = {
  [codes.unauthorized]:
    'The token is wrong or was revoked. Store a valid one in the connection.',
  [codes.tokenReadonly]:
    'The token may only read. Store one with read and write permission in the connection.',
  [codes.forbidden]:
    'The token may not do this. Store one with read and write permission in the connection.',
  [codes.resourceLimitExceeded]:
    'A limit of the Hetzner project is reached. Remove something, or ask Hetzner for a higher limit.',
  [codes.maintenance]: 'Hetzner is working on this. Try again later.',
  [codes.resourceUnavailable]:
    'There is no capacity for this in the location now. Choose another type or location, or try again later.',
  [codes.placementError]:
    'There is no host for this in the location now. Choose another type or location, or try again later.',
  [codes.noSpaceLeftInLocation]: 'Choose another location, or try again later.',
  [codes.protected]:
    'It is protected against deletion or rebuild. Lift the protection first.',
  [codes.rateLimitExceeded]:
    'The requests of the Hetzner project are used up for now; other clients of the project draw from them too. It goes on by itself as they come back.',
  [codes.deprecatedApiEndpoint]:
    'Hetzner removed this part of its API. The portal needs an update.',
  [codes.invalidServerType]:
    'The type cannot be ordered any more or does not fit. Choose another one.',
};

const UNKNOWN = 'It may have happened all the same.';

/**
 * One paragraph for people: what failed, why, what to do next, and the id that
 * Hetzner's support asks for.
 */
export function describeFailure(failure: Failure): string {
  const { operation, code, outcome, reason, status, details } = failure;
  const told = [code, status].filter(part => part !== undefined).join(', ');
  const unsure = outcome === 'unknown' && operation.method !== 'GET';
  return [
    `Hetzner Cloud: ${operation.method} ${operation.path} failed (${told}).`,
    sentence(reason),
    ...(details?.fields ?? []).map(fieldSentence),
    ...(details?.limits ?? []).map(({ name }) => `Limit: ${name}.`),
    ADVICE[code],
    unsure ? UNKNOWN : undefined,
    failure.correlationId && `Correlation id ${failure.correlationId}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function fieldSentence({
  name,
  messages,
}: {
  name: string;
  messages: string[];
}): string {
  return messages.length > 0
    ? sentence(`Field ${name}: ${messages.join(', ')}`)
    : `Field: ${name}.`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    return '';
  }
  const begun = trimmed[0].toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
