import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type GetBucketLifecycleConfigurationCommandOutput,
  type GetBucketVersioningCommandOutput,
  type GetPublicAccessBlockCommandOutput,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import type { BucketFeature } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isCode } from '../CloudError';
import { s3Codes } from './errorCodes';
import type { LifecycleRules, ObjectStorage } from './ObjectStorage';
import type { SendCommand } from './s3Calls';

/** By which an S3 server says that it does not offer something. */
const NOT_OFFERED = [s3Codes.notImplemented, s3Codes.methodNotAllowed];

const PUBLIC_ACCESS_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Servers tell the filter in one of two ways, and may add what was not asked for. */
const isSame = (wanted: LifecycleRule) => (found: LifecycleRule) =>
  found.Status === 'Enabled' &&
  (found.Filter?.Prefix ?? '') === '' &&
  wanted.NoncurrentVersionExpiration?.NoncurrentDays ===
    found.NoncurrentVersionExpiration?.NoncurrentDays &&
  wanted.AbortIncompleteMultipartUpload?.DaysAfterInitiation ===
    found.AbortIncompleteMultipartUpload?.DaysAfterInitiation;

type Settings = Pick<
  ObjectStorage,
  | 'versioning'
  | 'keepVersions'
  | 'lifecycle'
  | 'setLifecycle'
  | 'publicAccessBlock'
  | 'blockPublicAccess'
>;

/** Settings of buckets, each of which a provider may lack. */
export function bucketSettings(send: SendCommand): Settings {
  const place = (method: string, bucket: string, query: string) => ({
    method,
    path: `/${bucket}?${query}`,
  });
  return {
    versioning: bucket =>
      feature(async () => {
        const { Status } = await send<GetBucketVersioningCommandOutput>(
          place('GET', bucket, 'versioning'),
          new GetBucketVersioningCommand({ Bucket: bucket }),
        );
        return Status === 'Enabled';
      }),

    async keepVersions(bucket) {
      await send(
        place('PUT', bucket, 'versioning'),
        new PutBucketVersioningCommand({
          Bucket: bucket,
          VersioningConfiguration: { Status: 'Enabled' },
        }),
      );
    },

    lifecycle: (bucket, rules) =>
      feature(async () => {
        const { Rules = [] } =
          await send<GetBucketLifecycleConfigurationCommandOutput>(
            place('GET', bucket, 'lifecycle'),
            new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }),
          );
        return lifecycleRules(rules).every(wanted =>
          Rules.some(isSame(wanted)),
        );
      }, s3Codes.noSuchLifecycleConfiguration),

    async setLifecycle(bucket, rules) {
      await send(
        place('PUT', bucket, 'lifecycle'),
        new PutBucketLifecycleConfigurationCommand({
          Bucket: bucket,
          LifecycleConfiguration: { Rules: lifecycleRules(rules) },
        }),
      );
    },

    publicAccessBlock: bucket =>
      feature(async () => {
        const { PublicAccessBlockConfiguration: found = {} } =
          await send<GetPublicAccessBlockCommandOutput>(
            place('GET', bucket, 'publicAccessBlock'),
            new GetPublicAccessBlockCommand({ Bucket: bucket }),
          );
        return Object.keys(PUBLIC_ACCESS_BLOCKED).every(
          name => found[name as keyof typeof found] === true,
        );
      }, s3Codes.noSuchPublicAccessBlockConfiguration),

    async blockPublicAccess(bucket) {
      await send(
        place('PUT', bucket, 'publicAccessBlock'),
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: PUBLIC_ACCESS_BLOCKED,
        }),
      );
    },
  };
}

/** @param absent - code for what was never set */
async function feature(
  isOn: () => Promise<boolean>,
  absent?: string,
): Promise<BucketFeature> {
  try {
    return (await isOn()) ? 'on' : 'off';
  } catch (error) {
    if (isCode(error, ...NOT_OFFERED)) return 'unavailable';
    if (absent && isCode(error, absent)) return 'off';
    throw error;
  }
}

function lifecycleRules({
  oldVersionsDays,
  unfinishedUploadsDays,
}: LifecycleRules): LifecycleRule[] {
  return [
    {
      ID: 'old-versions',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      NoncurrentVersionExpiration: { NoncurrentDays: oldVersionsDays },
    },
    {
      ID: 'unfinished-uploads',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: {
        DaysAfterInitiation: unfinishedUploadsDays,
      },
    },
  ];
}
