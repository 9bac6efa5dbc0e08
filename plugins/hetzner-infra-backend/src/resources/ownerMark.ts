import {
  isOwnedBy,
  ownershipLabels,
  OWNERSHIP_LABELS,
  type Labels,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import { s3Codes, type ObjectStorage } from '../clouds/objectStorage';
import { ownCodes } from '../clouds/ownCodes';
import { z } from 'zod';

/**
 * Key of the object that says whose a bucket is. Hetzner's buckets have no tags
 * (Hetzner Docs, Object Storage, List of supported actions).
 */
export const OWNER_MARK = '.infra.xpeditis.com/owner.json';

/** Label of a bucket that is only kept for its data; its value is the operation that kept it. */
const RETAINED_BY = 'infra.xpeditis.com/retained-by';

const content = z.object({ labels: z.record(z.string(), z.string()) });

/**
 * What a bucket says about its owner.
 *
 * - `absent`: there is no such bucket
 * - `bare`: it says nothing
 * - `marked`: by a portal, with these labels
 * - `denied`: it is somebody's whose keys these are not
 */
export type OwnerMark =
  | { kind: 'absent' | 'bare' | 'denied' }
  | { kind: 'marked'; labels: Labels };

/** @throws CloudError */
export async function readMark(
  storage: ObjectStorage,
  bucket: string,
): Promise<OwnerMark> {
  let text: string;
  try {
    text = await storage.read(bucket, OWNER_MARK);
  } catch (error) {
    if (isCode(error, s3Codes.noSuchBucket)) return { kind: 'absent' };
    if (isCode(error, s3Codes.noSuchKey)) return { kind: 'bare' };
    if (isCode(error, s3Codes.accessDenied)) return { kind: 'denied' };
    throw error;
  }
  const parsed = content.safeParse(readJson(text));
  // Whoever wrote something else there does not say that it is ours.
  return {
    kind: 'marked',
    labels: parsed.success ? parsed.data.labels : {},
  };
}

/** Says whose a bucket is. @throws CloudError, also when it cannot be read back */
export async function writeMark(
  storage: ObjectStorage,
  bucket: string,
  {
    owner,
    operationId,
    retained,
    before = {},
  }: {
    owner: Owner;
    operationId: string;
    retained: boolean;
    /** What it said before: who made it stays. */
    before?: Labels;
  },
): Promise<void> {
  const { [RETAINED_BY]: retainedBy, ...rest } = before;
  const labels = {
    ...ownershipLabels(owner, { key: 'bucket', generation: 1, operationId }),
    ...rest,
    ...(retained && { [RETAINED_BY]: retainedBy ?? operationId }),
  };
  await storage.write(
    bucket,
    OWNER_MARK,
    `${JSON.stringify({ labels }, null, 2)}\n`,
  );
  const written = await readMark(storage, bucket);
  if (!isOurs(written, owner)) {
    throw new CloudError({
      code: ownCodes.invalidResponse,
      outcome: 'unknown',
      operation: { method: 'PUT', path: `/${bucket}/${OWNER_MARK}` },
      message: `The mark ${OWNER_MARK} was written to ${bucket} and cannot be read back. Without it nobody knows whose the bucket is.`,
    });
  }
}

/** Whether a mark says that the bucket is only kept for its data. */
export function isRetained(labels: Labels): boolean {
  return labels[RETAINED_BY] !== undefined;
}

/** Whose a bucket is, for people who wanted to have it. */
export function ownerInWords(
  mark: OwnerMark,
  owner: Pick<Owner, 'installation' | 'environmentId'>,
): string {
  switch (mark.kind) {
    case 'denied':
      return 'It belongs to somebody else: all customers of the provider share the names of buckets.';
    case 'marked': {
      const { labels } = mark;
      const environment = labels[OWNERSHIP_LABELS.environment] ?? 'unknown';
      if (labels[OWNERSHIP_LABELS.installation] !== owner.installation) {
        return `It belongs to ${environment} of another portal.`;
      }
      return isRetained(labels)
        ? `It is kept for the data of ${environment}, which was removed. Release it on the page Orphans to use the name again.`
        : `It belongs to the environment ${environment}.`;
    }
    default:
      return 'It was there before, and nothing says that it is this environment’s.';
  }
}

/** Whether a mark is this environment's. */
export function isOurs(
  mark: OwnerMark,
  owner: Pick<Owner, 'installation' | 'environmentId'>,
): mark is Extract<OwnerMark, { kind: 'marked' }> {
  return mark.kind === 'marked' && isOwnedBy(mark.labels, owner);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
