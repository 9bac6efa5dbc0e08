import type { BucketFeature } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { CallScope } from '../hetzner/HetznerCloud';

/** What holds for all calls of one scope, as for Hetzner Cloud. Scopes nest. */
export type StorageScope = Pick<CallScope, 'beforeCall' | 'onCall' | 'signal'>;

/** A bucket of the project, as its list shows it. */
export interface ListedBucket {
  name: string;
  createdAt?: Date;
}

/** Days after which something goes by itself. */
export interface LifecycleRules {
  oldVersionsDays: number;
  unfinishedUploadsDays: number;
}

/** Object storage of one project at one endpoint. Every call throws CloudError. */
export interface ObjectStorage {
  /** Makes a bucket; one of our own that is there already is no error. */
  makeBucket(bucket: string): Promise<void>;
  /** Removes an empty bucket; that it is gone already is no error. */
  removeBucket(bucket: string): Promise<void>;
  /** Buckets that the keys see: at Hetzner those of the project. */
  listBuckets(): Promise<ListedBucket[]>;
  /** @returns the version that it made, where the bucket keeps versions */
  write(
    bucket: string,
    key: string,
    text: string,
  ): Promise<{ version?: string }>;
  read(bucket: string, key: string): Promise<string>;
  /** Deletes an object, or one version of it for good. */
  delete(bucket: string, key: string, version?: string): Promise<void>;

  /** Whether overwritten and deleted objects stay as old versions. */
  versioning(bucket: string): Promise<BucketFeature>;
  keepVersions(bucket: string): Promise<void>;
  /** Whether exactly these rules are set. */
  lifecycle(bucket: string, rules: LifecycleRules): Promise<BucketFeature>;
  setLifecycle(bucket: string, rules: LifecycleRules): Promise<void>;
  /** Whether nobody can make the bucket, or something in it, public. */
  publicAccessBlock(bucket: string): Promise<BucketFeature>;
  blockPublicAccess(bucket: string): Promise<void>;

  /**
   * Whether it holds an object, an old version of one, or parts of an unfinished
   * upload. Marks of deletion alone are no data.
   *
   * @param besides - key that does not count
   */
  holdsData(bucket: string, besides: string): Promise<boolean>;
  /**
   * Deletes all that is in it for good, old versions too. What was deleted stays
   * deleted when it is cut off.
   *
   * @param last - key that goes after everything else
   */
  empty(bucket: string, last: string): Promise<void>;
  /** Deletes marks of deletion, which are no data and keep a bucket from being removed. */
  deleteMarks(bucket: string): Promise<void>;
  /** Deletes an object for good, with its old versions and marks of its deletion. */
  deleteForGood(bucket: string, key: string): Promise<void>;

  /** The same storage under further rules; what is opened here closes with the outermost. */
  scoped(scope: StorageScope): ObjectStorage;
  /** Ends its sockets. */
  close(): void;
}
