/**
 * Where in the environment's bucket each thing is kept. Who writes to the bucket
 * keeps to its own prefix, so that one rule or one key can be about one of them.
 */
export const BUCKET_PREFIXES = {
  /** What users of the product upload. */
  documents: 'documents/',
  /** Snapshots of the cluster's database. */
  etcdSnapshots: 'etcd-snapshots/',
  /** Backups of data services, and the recovery bundle. */
  backups: 'backups/',
  logs: 'logs/',
} as const;

/** Days for which a bucket keeps what was overwritten or deleted. */
export const OLD_VERSIONS_KEPT_DAYS = 30;

/** Days after which an upload in parts that nobody finished goes. */
export const UNFINISHED_UPLOADS_KEPT_DAYS = 7;
