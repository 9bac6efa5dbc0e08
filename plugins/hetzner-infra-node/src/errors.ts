import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  ErrorBodyError,
  FieldError,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A document or a parameter was refused. `fields` names every place that is wrong; it is empty when the whole was refused. */
export class InvalidEnvironmentError extends InputError {
  readonly fields: FieldError[];

  constructor(message: string, fields: FieldError[] = []) {
    super(message);
    this.fields = fields;
  }
}

/** The state of an environment does not allow the request. `operationId` is the operation that is in the way, if one is. */
export class EnvironmentConflictError extends ConflictError {
  readonly operationId?: string;

  constructor(message: string, operationId?: string) {
    super(message);
    this.operationId = operationId;
  }
}

/** The fields of the API's error, checked, because they come from outside this process. */
function details(cause: Error): Pick<ErrorBodyError, 'operationId' | 'fields'> {
  const { operationId, fields } = cause as Partial<ErrorBodyError>;
  return {
    operationId: typeof operationId === 'string' ? operationId : undefined,
    fields: Array.isArray(fields)
      ? fields.filter(
          field =>
            typeof field?.path === 'string' &&
            typeof field?.message === 'string',
        )
      : [],
  };
}

/**
 * The error that a refused call throws. The response itself is left behind:
 * only what the API said to people travels on.
 */
export function errorOfResponse(error: ResponseError): Error {
  const { message } = error.cause;
  const { operationId, fields } = details(error.cause);
  switch (error.statusCode) {
    case 400:
    case 413:
    case 422:
      return new InvalidEnvironmentError(message, fields);
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new EnvironmentConflictError(message, operationId);
    case 501:
      return new NotImplementedError(message);
    case 429:
    case 502:
    case 503:
    case 504:
      return new ServiceUnavailableError(message);
    default:
      return new Error(
        `hetzner-infra answered ${error.statusCode}: ${message}`,
      );
  }
}

/** The error of a call that got no answer at all: refused connection, unknown host, time out. */
export function errorOfNoAnswer(error: unknown): ServiceUnavailableError {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return new ServiceUnavailableError(
    `hetzner-infra does not answer (${
      cause?.code ?? message
    }). Check that the backend runs, then try again.`,
  );
}
