import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Agent } from 'node:https';
import { isCode, type CloudOperation } from '../CloudError';
import { createRedactor } from '../hetzner/redactSecrets';
import { describeS3Failure } from './describeS3Failure';
import { s3Codes } from './errorCodes';

/** Where object storage is, and what opens it. */
export interface ObjectStorageOptions {
  /** Address of the S3 API, without a path. */
  endpoint: string;
  /** What signatures name as their region; at Hetzner the location. */
  region: string;
  accessKey: string;
  secretKey: string;
  /** PEM of the authorities that the endpoint's certificate must come from; the public ones when absent. */
  caCertificate?: string;
  /** How long a call may take, its repetitions included. */
  timeoutSeconds?: number;
}

/** Object storage of one project at one endpoint. Every call throws CloudError. */
export interface ObjectStorage {
  /** Makes a bucket; one of our own that is there already is no error. */
  makeBucket(bucket: string): Promise<void>;
  /** Removes an empty bucket; that it is gone already is no error. */
  removeBucket(bucket: string): Promise<void>;
  /** @returns the version that it made, where the bucket keeps versions */
  write(
    bucket: string,
    key: string,
    text: string,
  ): Promise<{ version?: string }>;
  read(bucket: string, key: string): Promise<string>;
  /** Deletes an object, or one version of it for good. */
  delete(bucket: string, key: string, version?: string): Promise<void>;
  /** Ends its sockets. */
  close(): void;
}

const TIMEOUT_SECONDS = 20;
const ATTEMPTS = 3;

/**
 * Opens object storage by the S3 API, path style: the bucket's name is never a
 * host name, which a sandbox or a pinned certificate does not have.
 */
export function connectObjectStorage(
  options: ObjectStorageOptions,
): ObjectStorage {
  const { endpoint, timeoutSeconds = TIMEOUT_SECONDS } = options;
  const client = new S3Client({
    endpoint,
    region: options.region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: options.accessKey,
      secretAccessKey: options.secretKey,
    },
    maxAttempts: ATTEMPTS,
    // Nothing comes from an AWS account's variables and files.
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    // Not every S3 server knows the newer checksums (AWS SDK, "Data integrity protections").
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(options.caCertificate && {
      requestHandler: {
        httpsAgent: new Agent({ keepAlive: true, ca: options.caCertificate }),
      },
    }),
  });
  // Inside of what repeats a call, which decides by these three.
  client.middlewareStack.add(
    next => async request => {
      try {
        return await next(request);
      } catch (error) {
        throw withoutRequest(error);
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'withoutRequest' },
  );
  const redact = createRedactor(options.secretKey);

  async function call<Answer>(
    operation: CloudOperation,
    send: (options: { abortSignal: AbortSignal }) => Promise<Answer>,
  ): Promise<Answer> {
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
    try {
      return await send({ abortSignal: deadline });
    } catch (error) {
      throw describeS3Failure(error, {
        endpoint,
        operation,
        aborted: false,
        timedOut: deadline.aborted,
        timeoutSeconds,
        redact,
      });
    }
  }

  return {
    async makeBucket(bucket) {
      await accepting(
        s3Codes.bucketAlreadyOwnedByYou,
        call({ method: 'PUT', path: `/${bucket}` }, signal =>
          client.send(new CreateBucketCommand({ Bucket: bucket }), signal),
        ),
      );
    },

    async removeBucket(bucket) {
      await accepting(
        s3Codes.noSuchBucket,
        call({ method: 'DELETE', path: `/${bucket}` }, signal =>
          client.send(new DeleteBucketCommand({ Bucket: bucket }), signal),
        ),
      );
    },

    async write(bucket, key, text) {
      const { VersionId } = await call(
        { method: 'PUT', path: `/${bucket}/${key}` },
        signal =>
          client.send(
            new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }),
            signal,
          ),
      );
      return VersionId ? { version: VersionId } : {};
    },

    async read(bucket, key) {
      return call(
        { method: 'GET', path: `/${bucket}/${key}` },
        async signal => {
          const { Body } = await client.send(
            new GetObjectCommand({ Bucket: bucket, Key: key }),
            signal,
          );
          return (await Body?.transformToString()) ?? '';
        },
      );
    },

    async delete(bucket, key, version) {
      await call({ method: 'DELETE', path: `/${bucket}/${key}` }, signal =>
        client.send(
          new DeleteObjectCommand({
            Bucket: bucket,
            Key: key,
            ...(version && { VersionId: version }),
          }),
          signal,
        ),
      );
    },

    close: () => client.destroy(),
  };
}

/** A failure of the network as its system code alone. What the provider answered stays as it is. */
function withoutRequest(error: unknown): unknown {
  const { $metadata, name, code, syscall } = error as {
    $metadata?: unknown;
  } & NodeJS.ErrnoException;
  return $metadata
    ? error
    : Object.assign(new Error('No answer'), { name, code, syscall });
}

async function accepting(code: string, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isCode(error, code)) throw error;
  }
}
