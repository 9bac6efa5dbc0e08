import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { CloudError, type CloudOperation } from '../CloudError';
import { systemClock } from '../clock';
import { ownCodes } from '../ownCodes';
import { describeS3Failure } from './describeS3Failure';
import type { StorageScope } from './ObjectStorage';

/** A command of the SDK, as far as it is sent from here. */
type Command = {
  middlewareStack: {
    add(middleware: unknown, options: unknown): void;
  };
};

/** Sends a command; its answer is that of the command. */
export type SendCommand = <Answer>(
  operation: CloudOperation,
  command: Command,
  read?: (answer: Answer) => Promise<unknown>,
) => Promise<Answer>;

const isAborted = ({ aborted }: AbortSignal) => aborted;

const isRead = ({ method }: CloudOperation) =>
  method === 'GET' || method === 'HEAD';

/** Where a call goes, without the names in it, for metrics: `/{bucket}/{key}`. */
function templateOf({ path }: CloudOperation): string {
  const [withoutQuery, query] = path.split('?');
  const parts = withoutQuery.split('/').filter(Boolean).length;
  const place = ['/', '/{bucket}', '/{bucket}/{key}'][Math.min(parts, 2)];
  return query ? `${place}?${query}` : place;
}

/**
 * Sends commands under the rules of scopes, outermost first. What fails is our
 * own error at once; what a scope's `beforeCall` throws reaches the caller as it
 * is.
 */
export function s3Calls(
  client: S3Client,
  options: {
    endpoint: string;
    timeoutSeconds: number;
    redact: (text: string) => string;
  },
  scopes: readonly StorageScope[],
): SendCommand {
  const { endpoint, timeoutSeconds, redact } = options;
  const signals = scopes.flatMap(({ signal }) => signal ?? []);

  return async (operation, command, read) => {
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
    const pathTemplate = templateOf(operation);
    const { method } = operation;
    let refusal: { error: unknown } | undefined;
    let attempt = 0;
    let repeats: string | undefined;

    const described = (error: unknown, aborted: boolean) =>
      describeS3Failure(error, {
        endpoint,
        operation,
        aborted,
        timedOut: deadline.aborted,
        timeoutSeconds,
        redact,
      });

    const admitted = async () => {
      const aborted = signals.some(signal => signal.aborted);
      if (aborted) throw notSent(endpoint, operation);
      for (const { beforeCall } of scopes) {
        await beforeCall?.({ method, pathTemplate, attempt });
      }
    };

    // Inside of what repeats a call: each exchange is allowed and told by itself.
    command.middlewareStack.add(
      (next: (request: unknown) => Promise<unknown>) =>
        async (request: unknown) => {
          attempt += 1;
          try {
            await admitted();
          } catch (error) {
            refusal = { error };
            throw error;
          }
          const startedAt = systemClock.now();
          const tell = (end: { status?: number; errorCode?: string }) => {
            const report = {
              method,
              pathTemplate,
              durationSeconds: (systemClock.now() - startedAt) / 1000,
              attempt,
              ...end,
              ...(repeats && { repeats }),
            };
            scopes.forEach(({ onCall }) => onCall?.(report));
            repeats = end.errorCode;
          };
          try {
            const answer = await next(request);
            tell({ status: statusOf(answer) });
            return answer;
          } catch (error) {
            const { status, code } = described(error, false);
            tell({ status, errorCode: code });
            throw error;
          }
        },
      { step: 'finalizeRequest', priority: 'low', name: 'scope' },
    );

    // A write that is on its way is awaited, so that its outcome is known.
    const ends = isRead(operation) ? [...signals, deadline] : [deadline];
    try {
      const answer = await client.send(command as never, {
        abortSignal: AbortSignal.any(ends),
      });
      await read?.(answer as never);
      return answer as never;
    } catch (error) {
      if (refusal) throw refusal.error;
      throw described(error, isRead(operation) && signals.some(isAborted));
    }
  };
}

function statusOf(answer: unknown): number | undefined {
  return (answer as { response?: { statusCode?: number } }).response
    ?.statusCode;
}

function notSent(endpoint: string, operation: CloudOperation): CloudError {
  return new CloudError({
    code: ownCodes.aborted,
    outcome: 'refused',
    operation,
    message: `Object storage at ${endpoint}: ${operation.method} ${operation.path} was not sent, because it is not wanted any more.`,
  });
}

/** Repetitions and checksums, as every client of ours has them. */
export const COMMON_SETTINGS: S3ClientConfig = {
  maxAttempts: 3,
  // Nothing comes from an AWS account's variables and files.
  retryMode: 'standard',
  defaultsMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  // Not every S3 server knows the newer checksums (AWS SDK, "Data integrity protections").
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
};
