/**
 * What is known about the effect of a call that failed.
 *
 * - `refused`: it did not happen. The provider answered that it did not do it,
 *   or the request never left this machine.
 * - `unknown`: it may have happened. The answer was lost (time-out, connection
 *   reset, 5xx of a gateway), could not be read, or an action failed half-way.
 *   Look before doing it again.
 */
export type Outcome = 'refused' | 'unknown';

/** The call that failed, as people read it: `POST /servers/42/actions/poweron`. */
export interface CloudOperation {
  method: string;
  path: string;
}

/** What providers tell beyond code and message, as far as we understand it. */
export interface CloudErrorDetails {
  /** Which fields of the request are wrong, and why. */
  fields?: { name: string; messages: string[] }[];
  /** Which quotas are used up. */
  limits?: { name: string }[];
  /** Where the removal of an API was announced. */
  announcement?: string;
}

/** The object that an error is about, where one can be named. */
export interface CloudObject {
  /** As in the API's paths, such as `servers`. */
  kind: string;
  /** The name, where the provider gives no number. */
  id: number | string;
  name: string;
}

/** The asynchronous action that failed after its request was accepted. */
export interface FailedAction {
  id: number;
  command: string;
  resources: { id: number; type: string }[];
}

export interface CloudErrorOptions {
  code: string;
  message: string;
  outcome: Outcome;
  operation: CloudOperation;
  status?: number;
  correlationId?: string;
  details?: CloudErrorDetails;
  retryAfter?: Date;
  action?: FailedAction;
  object?: CloudObject;
}

/**
 * A failed call to a provider, in our own words.
 *
 * It is made once, where the client library's error arrives, and carries
 * nothing of that error: no cause, no request, no headers, no body, because a
 * client's error object carries the token. It can be logged, stored and shown.
 */
export class CloudError extends Error {
  /** The provider's code (each cloud has its constants), or one of `ownCodes`. */
  readonly code: string;
  readonly outcome: Outcome;
  readonly operation: CloudOperation;
  /** HTTP status, absent if there was no answer. */
  declare readonly status?: number;
  /** The provider's id of this one exchange; support asks for it. */
  declare readonly correlationId?: string;
  readonly details: CloudErrorDetails;
  /** When the provider said that the same call may be sent again. */
  declare readonly retryAfter?: Date;
  declare readonly action?: FailedAction;
  /** Whose name stands in the way, with the code `foreign_object`. */
  declare readonly object?: CloudObject;

  constructor(options: CloudErrorOptions) {
    super(options.message);
    this.name = 'CloudError';
    this.code = options.code;
    this.outcome = options.outcome;
    this.operation = options.operation;
    this.details = options.details ?? {};
    // Absent, not undefined, if unknown: an error is logged with all its fields.
    const { status, correlationId, retryAfter, action, object } = options;
    if (status !== undefined) this.status = status;
    if (correlationId !== undefined) this.correlationId = correlationId;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
    if (action !== undefined) this.action = action;
    if (object !== undefined) this.object = object;
  }
}

/**
 * Whether an error is a provider's with one of these codes, for example
 * `isCode(error, hetznerCodes.notFound)`.
 */
export function isCode(
  error: unknown,
  ...codes: readonly string[]
): error is CloudError {
  return error instanceof CloudError && codes.includes(error.code);
}
