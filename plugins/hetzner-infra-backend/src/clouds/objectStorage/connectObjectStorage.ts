import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
  type GetObjectCommandOutput,
  type ListBucketsCommandOutput,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { Agent } from 'node:https';
import { isCode } from '../CloudError';
import { createRedactor } from '../hetzner/redactSecrets';
import { bucketContents } from './bucketContents';
import { bucketSettings } from './bucketSettings';
import { s3Codes } from './errorCodes';
import type { ObjectStorage, StorageScope } from './ObjectStorage';
import { COMMON_SETTINGS, s3Calls } from './s3Calls';

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
  /** What holds for all calls. */
  scope?: StorageScope;
}

const TIMEOUT_SECONDS = 20;

/**
 * Opens object storage by the S3 API, path style: the bucket's name is never a
 * host name, which a sandbox or a pinned certificate does not have.
 */
export function connectObjectStorage(
  options: ObjectStorageOptions,
): ObjectStorage {
  const { endpoint, timeoutSeconds = TIMEOUT_SECONDS, scope = {} } = options;
  const client = new S3Client({
    ...COMMON_SETTINGS,
    endpoint,
    region: options.region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: options.accessKey,
      secretAccessKey: options.secretKey,
    },
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
  return openScope(
    client,
    {
      endpoint,
      timeoutSeconds,
      redact: createRedactor(options.secretKey),
    },
    [scope],
  );
}

function openScope(
  client: S3Client,
  options: Parameters<typeof s3Calls>[1],
  scopes: readonly StorageScope[],
): ObjectStorage {
  const send = s3Calls(client, options, scopes);

  return {
    ...bucketSettings(send),
    ...bucketContents(send),

    async makeBucket(bucket) {
      await accepting(
        s3Codes.bucketAlreadyOwnedByYou,
        send(
          { method: 'PUT', path: `/${bucket}` },
          new CreateBucketCommand({ Bucket: bucket }),
        ),
      );
    },

    async removeBucket(bucket) {
      await accepting(
        s3Codes.noSuchBucket,
        send(
          { method: 'DELETE', path: `/${bucket}` },
          new DeleteBucketCommand({ Bucket: bucket }),
        ),
      );
    },

    async listBuckets() {
      const { Buckets = [] } = await send<ListBucketsCommandOutput>(
        { method: 'GET', path: '/' },
        new ListBucketsCommand({}),
      );
      return Buckets.flatMap(({ Name, CreationDate }) =>
        Name ? [{ name: Name, createdAt: CreationDate }] : [],
      );
    },

    async write(bucket, key, text) {
      const { VersionId } = await send<PutObjectCommandOutput>(
        { method: 'PUT', path: `/${bucket}/${key}` },
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }),
      );
      return VersionId ? { version: VersionId } : {};
    },

    async read(bucket, key) {
      let text = '';
      await send<GetObjectCommandOutput>(
        { method: 'GET', path: `/${bucket}/${key}` },
        new GetObjectCommand({ Bucket: bucket, Key: key }),
        async ({ Body }) => {
          text = (await Body?.transformToString()) ?? '';
        },
      );
      return text;
    },

    async delete(bucket, key, version) {
      await send(
        { method: 'DELETE', path: `/${bucket}/${key}` },
        new DeleteObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(version && { VersionId: version }),
        }),
      );
    },

    scoped: inner => openScope(client, options, [...scopes, inner]),
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
