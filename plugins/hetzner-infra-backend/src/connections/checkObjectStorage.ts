import { createHash, randomUUID } from 'node:crypto';
import type { ConnectionCheckCode } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import { ownCodes } from '../clouds/ownCodes';
import { s3Codes, type ObjectStorage } from '../clouds/objectStorage';

/** What the check of a pair of keys found, in sentences. */
export type KeysCheck =
  | { ok: true; code: ConnectionCheckCode; message: string }
  | {
      ok: false;
      /** `token`: replace the keys. `provider`: it did not answer as it should, nothing is known of the keys. */
      fault: 'token' | 'provider';
      message: string;
      code: string;
    };

/** Codes by which the provider says that it is the keys. */
const KEYS_ARE_WRONG: readonly string[] = [
  s3Codes.invalidAccessKeyId,
  s3Codes.signatureDoesNotMatch,
  s3Codes.accessDenied,
];

/**
 * Name of the bucket that a check makes and removes: the same each time, so that
 * a check that was cut off leaves one at most.
 */
export function probeBucket(installation: string, connection: string): string {
  const hash = createHash('sha256')
    .update(`${installation}/${connection}`)
    .digest('hex');
  return `connection-check-${hash.slice(0, 24)}`;
}

/**
 * Finds out whether keys may do what the portal needs: writes an object, reads it
 * and deletes it. In `bucket` when the person names one, for keys that may make
 * none; else in one that is made for it and removed again.
 */
export async function checkObjectStorage(
  storage: ObjectStorage,
  where: { bucket?: string; probe: string },
): Promise<KeysCheck> {
  try {
    if (where.bucket) await probe(storage, where.bucket);
    else await probeOwn(storage, where.probe);
    return {
      ok: true,
      code: 'keys-valid',
      message: 'The keys are valid and may write, read and delete.',
    };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return {
      ok: false,
      fault: KEYS_ARE_WRONG.includes(error.code) ? 'token' : 'provider',
      message: error.message,
      code: error.code,
    };
  }
}

async function probeOwn(storage: ObjectStorage, bucket: string): Promise<void> {
  try {
    await storage.makeBucket(bucket);
    await probe(storage, bucket);
  } catch (error) {
    if (!isCode(error, s3Codes.noSuchBucket)) throw error;
    // Another check of the connection was done first, and removed it.
    await storage.makeBucket(bucket);
    await probe(storage, bucket);
  }
  try {
    await storage.removeBucket(bucket);
  } catch (error) {
    // Another check is at work in it, and removes it.
    if (!isCode(error, s3Codes.bucketNotEmpty)) throw error;
  }
}

async function probe(storage: ObjectStorage, bucket: string): Promise<void> {
  const text = randomUUID();
  const key = `connection-check/${text}`;
  const { version } = await storage.write(bucket, key, text);
  let found: string;
  try {
    found = await storage.read(bucket, key);
  } catch (error) {
    // The probe must not stay; why it could not be read is what counts.
    await storage.delete(bucket, key, version).catch(() => {});
    throw error;
  }
  await storage.delete(bucket, key, version);
  if (found !== text) {
    throw new CloudError({
      code: ownCodes.invalidResponse,
      outcome: 'refused',
      operation: { method: 'GET', path: `/${bucket}/${key}` },
      message: `The object that was written to ${bucket} reads differently. This is not an S3 server, or something between it and the portal changes answers.`,
    });
  }
}
