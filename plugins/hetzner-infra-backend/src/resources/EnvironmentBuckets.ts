import type { ObjectStorage, StorageScope } from '../clouds/objectStorage';

/** A bucket that an environment has made, or was about to make. */
export interface BucketClaim {
  /** Name of the connection whose project it is in. */
  connection: string;
  bucket: string;
  claimedAt: Date;
  /** Whether it was there with our mark once: what has no mark any more has lost it. */
  made: boolean;
}

/**
 * The buckets of one environment. S3 has no list by label, and a bucket cannot
 * be made and marked in one call, so the portal's database says which buckets to
 * look at, and the mark in a bucket whose it is.
 */
export interface EnvironmentBuckets {
  /** Every bucket that was claimed, also by revisions that are no longer wanted. */
  claimed(): Promise<BucketClaim[]>;
  /** To be kept before a bucket is made, so that one without a mark is known to be ours. */
  claim(connection: string, bucket: string): Promise<void>;
  /** It stands with our mark. */
  made(connection: string, bucket: string): Promise<void>;
  /** It stays for the data in it, or no longer only for that. */
  retained(
    connection: string,
    bucket: string,
    isRetained: boolean,
  ): Promise<void>;
  /** The object storage of a connection. @throws CloudError, UnbuildableError */
  storage(connection: string): Promise<ObjectStorage>;
  /** The same with further rules for each call to object storage. */
  scoped(scope: StorageScope): EnvironmentBuckets;
}

/** Of an environment that has none and gets none. */
export const noBuckets: EnvironmentBuckets = {
  claimed: async () => [],
  claim: refuse,
  made: refuse,
  retained: refuse,
  storage: refuse,
  scoped: () => noBuckets,
};

async function refuse(): Promise<never> {
  throw new Error('There is no object storage here.');
}
