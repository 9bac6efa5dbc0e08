import {
  inEnglish,
  phrase,
  verbatim,
  type Change,
  type OperationError,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import { hetznerCodes } from '../clouds/hetzner';
import { kubernetesCodes } from '../clouds/kubernetes/errorCodes';
import { s3Codes } from '../clouds/objectStorage';
import { ownCodes } from '../clouds/ownCodes';
import { NotReadyInTimeError } from '../resources/cluster/NotReadyInTimeError';
import { UnbuildableError } from './DesiredStates';
import { AimChangedError, LeaseLostError } from './operation';

/**
 * What a failure means for the loop.
 *
 * - `interrupted`: nothing is wrong with the change; the lease or the aim went,
 *   or the process stops.
 * - `passing`: the same change may succeed later, after looking again.
 * - `lasting`: trying again is pointless until a person changes something.
 */
export type FailureKind = 'interrupted' | 'passing' | 'lasting';

/** What the provider says when it cannot now and may soon. */
const PASSING: readonly string[] = [
  hetznerCodes.conflict,
  hetznerCodes.locked,
  hetznerCodes.resourceLocked,
  hetznerCodes.resourceInUse,
  hetznerCodes.rateLimitExceeded,
  hetznerCodes.maintenance,
  hetznerCodes.serverError,
  hetznerCodes.badGateway,
  hetznerCodes.unavailable,
  hetznerCodes.timeout,
  hetznerCodes.serviceError,
  hetznerCodes.unknownError,
  hetznerCodes.actionFailed,
  hetznerCodes.ipNotAvailable,
  hetznerCodes.noSubnetAvailable,
  hetznerCodes.resolveCloudPrivateTargetsError,
  // It was there when we looked: look again.
  hetznerCodes.notFound,
  s3Codes.serviceUnavailable,
  s3Codes.slowDown,
  s3Codes.internalError,
  s3Codes.operationAborted,
  s3Codes.bucketNotEmpty,
  s3Codes.noSuchBucket,
  ownCodes.connectionFailed,
  ownCodes.connectionLost,
  ownCodes.timedOut,
  ownCodes.invalidResponse,
  ownCodes.actionNotFound,
  ownCodes.actionOverdue,
  kubernetesCodes.conflict,
  kubernetesCodes.notFound,
  kubernetesCodes.notReady,
  // Its chart may be on its way.
  kubernetesCodes.noSuchKind,
  kubernetesCodes.tooManyRequests,
  kubernetesCodes.serviceUnavailable,
  kubernetesCodes.internalError,
  kubernetesCodes.timeout,
  kubernetesCodes.serverTimeout,
];

/** What the provider says when nobody can be reached at all, rather than when one change fails. */
const UNREACHABLE: readonly string[] = [
  ownCodes.connectionFailed,
  ownCodes.connectionLost,
  ownCodes.timedOut,
  hetznerCodes.serverError,
  hetznerCodes.badGateway,
  hetznerCodes.unavailable,
  hetznerCodes.timeout,
  hetznerCodes.maintenance,
  hetznerCodes.rateLimitExceeded,
  s3Codes.serviceUnavailable,
  s3Codes.slowDown,
  s3Codes.internalError,
];

/** What the provider says when it does not take the token or the keys. Others makes all of it good. */
const TOKEN_REFUSED: readonly string[] = [
  hetznerCodes.unauthorized,
  hetznerCodes.tokenReadonly,
  hetznerCodes.forbidden,
  ownCodes.anotherProject,
  s3Codes.invalidAccessKeyId,
  s3Codes.signatureDoesNotMatch,
];

/** Sorts a failure of a change or of reading. Whatever is no error of a cloud is a defect of ours and lasting. */
export function failureKind(error: unknown): FailureKind {
  if (
    error instanceof LeaseLostError ||
    error instanceof AimChangedError ||
    isCode(error, ownCodes.aborted)
  ) {
    return 'interrupted';
  }
  return isCode(error, ...PASSING, ...TOKEN_REFUSED) ? 'passing' : 'lasting';
}

/** Whether the provider as a whole does not answer, so that waiting is better than giving up. */
export function isUnreachable(error: unknown): boolean {
  return isCode(error, ...UNREACHABLE);
}

/** Whether the token is what is wrong: nothing is to be given up then, somebody replaces it. */
export function isTokenRefused(error: unknown): error is CloudError {
  return isCode(error, ...TOKEN_REFUSED);
}

/** Whether a code that was stored says that the token was refused. */
export function isTokenRefusal(code: string): boolean {
  return TOKEN_REFUSED.includes(code);
}

/** The change that failed. */
type FailedChange = Pick<Change, 'title' | 'change' | 'kind' | 'subject'>;

/** What failed and why; the parts of a diagnosis stay apart, so that each has its words. */
function failed(
  error: unknown,
  reason: string,
  failedChange: FailedChange | undefined,
): Phrase[] {
  const named = failedChange && {
    change: failedChange.change,
    kind: failedChange.kind,
    name: failedChange.subject.name,
  };
  if (error instanceof NotReadyInTimeError) {
    return [
      ...(named
        ? [phrase('step-not-ready', named, `${failedChange.title} failed:`)]
        : []),
      ...error.phrases,
    ];
  }
  return [
    named
      ? phrase(
          'step-failed',
          { ...named, reason },
          `${failedChange.title} failed: ${reason}`,
        )
      : verbatim(reason),
  ];
}

/** A failure as it is stored and shown: what failed, why, and what to do. Carries no secret, because a CloudError carries none. */
export function operationError(
  error: unknown,
  options: {
    change?: FailedChange;
    attempts?: number;
  } = {},
): OperationError {
  const { change, attempts = 1 } = options;
  const reason = withFullStop(
    error instanceof Error ? error.message : String(error),
  );
  const phrases = [
    ...failed(error, reason, change),
    ...(attempts > 1
      ? [phrase('tried', { attempts }, `Tried ${attempts} times.`)]
      : []),
  ];
  return {
    code: codeOf(error),
    message: inEnglish(phrases),
    phrases,
    ...(error instanceof CloudError &&
      error.correlationId && { correlationId: error.correlationId }),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof CloudError) return error.code;
  return error instanceof UnbuildableError ? 'unbuildable' : 'internal';
}

function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
