/** Codes of our own, for what no answer of the API says. */
export const ownCodes = {
  /** The signal of the caller ended it. */
  aborted: 'aborted',
  /** No connection: refused, no such host, no route. Nothing was sent. */
  connectionFailed: 'connection_failed',
  /** The connection broke before the whole answer was there. */
  connectionLost: 'connection_lost',
  /** No answer within the time allowed for a call. */
  timedOut: 'timed_out',
  /** The server's certificate could not be verified, or there was no TLS. */
  tlsError: 'tls_error',
  /** An answer that is not the API's: not JSON, or not its envelope. */
  invalidResponse: 'invalid_response',
  /** The provider does not know an action that it returned before. */
  actionNotFound: 'action_not_found',
  /** An action did not end within the time that anything takes. */
  actionOverdue: 'action_overdue',
  /** The name belongs to an object without our ownership labels. */
  foreignObject: 'foreign_object',
  /** The token is of another project than the environments of its connection. */
  anotherProject: 'another_project',
} as const;
