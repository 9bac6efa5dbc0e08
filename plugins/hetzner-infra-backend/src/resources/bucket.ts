import {
  note,
  OLD_VERSIONS_KEPT_DAYS,
  UNFINISHED_UPLOADS_KEPT_DAYS,
  type ActualResource,
  type BucketState,
  type Labels,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import { s3Codes, type ObjectStorage } from '../clouds/objectStorage';
import { ownCodes } from '../clouds/ownCodes';
import type { BucketClaim } from './EnvironmentBuckets';
import { requireOwned } from './identity';
import {
  isOurs,
  isRetained,
  OWNER_MARK,
  ownerInWords,
  readMark,
  writeMark,
  type OwnerMark,
} from './ownerMark';
import { putRight, type Repair, type RepairWork } from './putRight';
import type {
  ChangeContext,
  ReadContext,
  RemoveContext,
  ResourceDriver,
} from './ResourceDriver';

const RULES = {
  oldVersionsDays: OLD_VERSIONS_KEPT_DAYS,
  unfinishedUploadsDays: UNFINISHED_UPLOADS_KEPT_DAYS,
};

/** How often a bucket into which somebody still writes is emptied anew. */
const EMPTYINGS = 5;

type Bucket = Pick<BucketState, 'connection' | 'bucket'>;

/** A bucket that stands and is ours, with what it says about itself; nothing when there is none. */
async function lookAt(
  storage: ObjectStorage,
  { connection, bucket, made, claimedAt }: BucketClaim,
  { owner, wanted = [] }: Pick<ReadContext, 'owner' | 'wanted'>,
  claims: number,
): Promise<ActualResource<'bucket'> | undefined> {
  const mark = await readMark(storage, bucket);
  if (!(await isClaimedOrOurs(storage, bucket, mark, made, owner))) {
    return undefined;
  }
  const labels: Labels = mark.kind === 'marked' ? mark.labels : {};
  const [versioning, lifecycle, publicAccessBlock] = await Promise.all([
    storage.versioning(bucket),
    storage.lifecycle(bucket, RULES),
    storage.publicAccessBlock(bucket),
  ]);
  const isWanted = wanted.some(
    node =>
      node.kind === 'bucket' &&
      node.desired.bucket === bucket &&
      node.desired.connection === connection,
  );
  return {
    kind: 'bucket',
    // One that an earlier revision asked for stands beside the one of today.
    key: isWanted || claims === 1 ? 'bucket' : `bucket-${bucket}`,
    providerId: bucket,
    name: bucket,
    generation: 1,
    owned: true,
    createdAt: claimedAt.toISOString(),
    labels,
    busy: false,
    state: {
      connection,
      bucket,
      mark: mark.kind === 'marked' ? 'on' : 'off',
      versioning,
      lifecycle,
      publicAccessBlock,
      retained: isRetained(labels),
    },
    details: {
      Connection: connection,
      Versioning: versioning,
      'Lifecycle rules': lifecycle,
      'Block of public access': publicAccessBlock,
    },
    deleteProtected: false,
  };
}

/**
 * A bucket without a mark is ours if it had one before, or if nothing is in it
 * and the claim says that we were about to make it: the mark was still to come.
 */
async function isClaimedOrOurs(
  storage: ObjectStorage,
  bucket: string,
  mark: OwnerMark,
  made: boolean,
  owner: ReadContext['owner'],
): Promise<boolean> {
  if (mark.kind !== 'bare') return isOurs(mark, owner);
  return made || !(await storage.holdsData(bucket, OWNER_MARK));
}

function notOurs(
  { bucket }: Bucket,
  mark: OwnerMark,
  owner: ReadContext['owner'],
): CloudError {
  return new CloudError({
    code: ownCodes.foreignObject,
    outcome: 'refused',
    operation: { method: 'PUT', path: `/${bucket}` },
    message: `The name ${bucket} is taken. ${ownerInWords(
      mark,
      owner,
    )} It was left as it is. Choose another name for the bucket.`,
    object: { kind: 'buckets', id: bucket, name: bucket },
  });
}

/** Makes the bucket, or goes on with the one that an earlier try made. */
async function makeOurs(
  storage: ObjectStorage,
  place: Bucket,
  { owner, buckets }: ChangeContext,
): Promise<void> {
  const { connection, bucket } = place;
  const mark = await readMark(storage, bucket);
  if (mark.kind === 'absent') {
    // Before it is made: whoever goes on after a crash knows by it whose the bucket is.
    await buckets.claim(connection, bucket);
    try {
      await storage.makeBucket(bucket);
    } catch (error) {
      if (!isCode(error, s3Codes.bucketAlreadyExists)) throw error;
      throw notOurs(place, { kind: 'denied' }, owner);
    }
    return;
  }
  const claim = (await buckets.claimed()).find(
    other => other.connection === connection && other.bucket === bucket,
  );
  const isKnown = isOurs(mark, owner)
    ? true
    : claim !== undefined &&
      (await isClaimedOrOurs(storage, bucket, mark, claim.made, owner));
  if (!isKnown) throw notOurs(place, mark, owner);
  if (!claim) await buckets.claim(connection, bucket);
}

type Work = RepairWork<'bucket'> & {
  storage: ObjectStorage;
  context: ChangeContext;
  labels: Labels;
};

const REPAIRS: readonly Repair<Work>[] = [
  {
    // First: what has no mark is ours by the claim alone.
    fields: ['mark', 'retained'],
    repair: async ({ node, storage, context, labels }) => {
      const { connection, bucket } = node.desired;
      // A mark of its deletion may stand before the new one.
      if (Object.keys(labels).length === 0) {
        await storage.deleteForGood(bucket, OWNER_MARK);
      }
      await writeMark(storage, bucket, {
        ...context,
        retained: false,
        before: labels,
      });
      await context.buckets.retained(connection, bucket, false);
    },
  },
  {
    fields: ['versioning'],
    repair: ({ node, storage }) => storage.keepVersions(node.desired.bucket),
  },
  {
    fields: ['lifecycle'],
    repair: ({ node, storage }) =>
      storage.setLifecycle(node.desired.bucket, RULES),
  },
  {
    fields: ['publicAccessBlock'],
    repair: ({ node, storage }) =>
      storage.blockPublicAccess(node.desired.bucket),
  },
];

/** Reads what stands now and puts all of it right. */
async function settle(
  node: ResourceNode<'bucket'>,
  context: ChangeContext,
): Promise<ActualResource<'bucket'> | undefined> {
  const { connection, bucket } = node.desired;
  const storage = await context.buckets.storage(connection);
  const found = await lookAt(
    storage,
    { connection, bucket, made: true, claimedAt: new Date(0) },
    context,
    1,
  );
  if (!found) return undefined;
  await putRight(REPAIRS, found, {
    node,
    storage,
    context,
    labels: found.labels,
    onProgress: context.onProgress,
  });
  await context.buckets.made(connection, bucket);
  return found;
}

/** Leaves a bucket for its data, so that it is listed with its cost until somebody releases it. */
async function retain(
  storage: ObjectStorage,
  { state, labels }: ActualResource<'bucket'>,
  { owner, operationId, buckets, log }: RemoveContext,
): Promise<void> {
  const { connection, bucket } = state;
  await buckets.retained(connection, bucket, true);
  await writeMark(storage, bucket, {
    owner,
    operationId,
    retained: true,
    before: labels,
  });
  log(
    note(
      'bucket-retained',
      { bucket },
      `There is data in ${bucket}, and nobody asked for its end by name: it stays, and costs, until it is released.`,
    ),
  );
}

/**
 * Buckets in object storage, each with a mark that says whose it is. What makes
 * and marks it are two calls, so a claim in the portal's database comes first.
 */
export const bucketDriver: ResourceDriver<'bucket'> = {
  kind: 'bucket',

  async observe(context) {
    const claims = await context.buckets.claimed();
    const found = await Promise.all(
      claims.map(async claim =>
        lookAt(
          await context.buckets.storage(claim.connection),
          claim,
          context,
          claims.length,
        ),
      ),
    );
    return () => found.filter(bucket => bucket !== undefined);
  },

  async create(node, context) {
    const { connection, bucket } = node.desired;
    const storage = await context.buckets.storage(connection);
    await makeOurs(storage, node.desired, context);
    const found = await settle(node, context);
    if (found?.state.lifecycle === 'unavailable') {
      context.log(
        note(
          'no-lifecycle-rules',
          {},
          'Its provider has no lifecycle rules: old versions stay until somebody deletes them.',
        ),
      );
    }
    return { providerId: bucket };
  },

  async update(node, _actual, _differences, context) {
    await settle(node, context);
  },

  async remove(actual, context) {
    requireOwned(actual);
    const { connection, bucket } = actual.state;
    const storage = await context.buckets.storage(connection);
    const mayGoWithData = context.withData.includes(bucket);
    try {
      for (let emptying = 1; ; emptying++) {
        if (!mayGoWithData && (await storage.holdsData(bucket, OWNER_MARK))) {
          await retain(storage, actual, context);
          return;
        }
        if (mayGoWithData) await storage.empty(bucket, OWNER_MARK);
        else await storage.deleteMarks(bucket);
        // What somebody writes from here on keeps the provider from removing it.
        await storage.deleteForGood(bucket, OWNER_MARK);
        try {
          await storage.removeBucket(bucket);
          break;
        } catch (error) {
          // Somebody wrote to it in between.
          if (!isCode(error, s3Codes.bucketNotEmpty) || emptying === EMPTYINGS)
            throw error;
        }
      }
    } catch (error) {
      if (!isCode(error, s3Codes.noSuchBucket)) throw error;
    }
    await context.buckets.retained(connection, bucket, false);
  },
};
