/**
 * Codes of failed calls that the portal decides by: the API server's reasons
 * (Kubernetes API conventions, "Error codes") and two of our own.
 */
export const kubernetesCodes = {
  unauthorized: 'Unauthorized',
  forbidden: 'Forbidden',
  notFound: 'NotFound',
  alreadyExists: 'AlreadyExists',
  conflict: 'Conflict',
  invalid: 'Invalid',
  tooManyRequests: 'TooManyRequests',
  serviceUnavailable: 'ServiceUnavailable',
  internalError: 'InternalError',
  timeout: 'Timeout',
  serverTimeout: 'ServerTimeout',
  /** The cluster has no such kind (yet): what brings it is not installed. */
  noSuchKind: 'no_such_kind',
  /** The API server answers and is not ready. */
  notReady: 'NotReady',
} as const;
