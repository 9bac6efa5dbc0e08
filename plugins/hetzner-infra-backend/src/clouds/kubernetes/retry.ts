import { ownCodes } from '../ownCodes';
import { kubernetesCodes } from './errorCodes';

/** What another control plane may not suffer from. */
const OF_THIS_SERVER: readonly string[] = [
  ownCodes.connectionFailed,
  ownCodes.connectionLost,
  ownCodes.timedOut,
  // Another machine may have got the address of a server that is gone.
  ownCodes.tlsError,
  kubernetesCodes.serviceUnavailable,
  kubernetesCodes.internalError,
  kubernetesCodes.timeout,
  kubernetesCodes.serverTimeout,
];

/** What passes, at whichever control plane. */
const OF_THE_MOMENT: readonly string[] = [
  kubernetesCodes.tooManyRequests,
  kubernetesCodes.conflict,
];

/**
 * What to do after a failed call. Every call of ours may be sent twice: a
 * server-side apply or a deletion that had its effect changes nothing more.
 */
export function afterFailure(code: string): 'next' | 'same' | 'stop' {
  if (OF_THIS_SERVER.includes(code)) return 'next';
  return OF_THE_MOMENT.includes(code) ? 'same' : 'stop';
}
