import { CloudError, type CloudOperation } from '../CloudError';
import { classifyNetworkFailure } from '../hetzner/classifyNetworkFailure';
import { ownCodes } from '../ownCodes';
import { s3Codes } from './errorCodes';

/** What a person can do about it, for the codes where there is something to do. */
const ADVICE: Readonly<Record<string, string>> = {
  [s3Codes.invalidAccessKeyId]:
    'The access key is wrong or was deleted. Make a pair of keys in the console of the project under Object Storage, Manage credentials.',
  [s3Codes.signatureDoesNotMatch]:
    'The secret key does not belong to the access key. Copy both again, or make a new pair.',
  [s3Codes.accessDenied]:
    'The keys may not do this. Use keys that may read and write, or name a bucket in which they may.',
  [s3Codes.requestTimeTooSkewed]:
    'The clock of the portal’s machine is wrong by more than the provider allows. Set it by NTP.',
  [s3Codes.authorizationHeaderMalformed]:
    'The region does not belong to the endpoint.',
  [s3Codes.bucketAlreadyExists]:
    'Somebody else has a bucket of this name: all customers share the names. Choose another one.',
  [s3Codes.noSuchBucket]: 'There is no such bucket.',
  [s3Codes.tooManyBuckets]:
    'The project may have no more buckets. Remove one, or name a bucket that exists.',
};

/** An error of the AWS SDK, as far as it is read: it carries the request with its signature. */
interface SdkError {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/** How a call ended, besides its error. */
export interface CallEnd {
  endpoint: string;
  operation: CloudOperation;
  aborted: boolean;
  timedOut: boolean;
  timeoutSeconds: number;
  /** Takes the secret key out of what the other side wrote. */
  redact: (text: string) => string;
}

/**
 * Turns an error of the SDK into our own, which holds nothing of it but its
 * code and words. Answers to HEAD have no body: their code is worked out from the
 * status.
 */
export function describeS3Failure(error: unknown, end: CallEnd): CloudError {
  const { operation, endpoint } = end;
  const { name, message, $metadata = {} } = (error ?? {}) as SdkError;
  const { httpStatusCode: status, requestId } = $metadata;
  if (status === undefined || end.aborted) {
    const { code, outcome, reason } = classifyNetworkFailure(error, end);
    return new CloudError({
      code,
      outcome,
      operation,
      message: `Object storage at ${endpoint}: ${operation.method} ${operation.path} failed (${code}). ${reason}`,
    });
  }
  const code = codeOf(String(name ?? ''), status);
  const said = end.redact(String(message ?? '')).trim();
  const isSpoken = said !== '' && said !== 'UnknownError';
  return new CloudError({
    code,
    // A gateway may have passed on what it then could not answer.
    outcome: status >= 500 && status !== 501 ? 'unknown' : 'refused',
    operation,
    status,
    ...(requestId && { correlationId: requestId }),
    message: [
      `Object storage at ${endpoint}: ${operation.method} ${operation.path} failed (${code}, ${status}).`,
      isSpoken && (/[.!?]$/.test(said) ? said : `${said}.`),
      ADVICE[code],
      requestId && `Request id ${requestId}.`,
    ]
      .filter(Boolean)
      .join(' '),
  });
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  301: s3Codes.authorizationHeaderMalformed,
  403: s3Codes.accessDenied,
  404: s3Codes.noSuchBucket,
  405: s3Codes.methodNotAllowed,
  501: s3Codes.notImplemented,
  503: s3Codes.serviceUnavailable,
};

/** The provider's code; the client invents names where an answer has none. */
function codeOf(name: string, status: number): string {
  const isInvented = ['', 'Error', 'Unknown', 'NotFound', 'S3ServiceException'];
  if (!isInvented.includes(name) && /^[A-Za-z]{3,64}$/.test(name)) return name;
  return CODE_OF_STATUS[status] ?? ownCodes.invalidResponse;
}
