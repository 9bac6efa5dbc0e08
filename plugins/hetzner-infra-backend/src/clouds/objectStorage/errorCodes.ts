/** Codes of S3's errors that the portal decides by (Amazon S3 API Reference, "Error responses"). */
export const s3Codes = {
  invalidAccessKeyId: 'InvalidAccessKeyId',
  signatureDoesNotMatch: 'SignatureDoesNotMatch',
  accessDenied: 'AccessDenied',
  requestTimeTooSkewed: 'RequestTimeTooSkewed',
  authorizationHeaderMalformed: 'AuthorizationHeaderMalformed',
  bucketAlreadyExists: 'BucketAlreadyExists',
  bucketAlreadyOwnedByYou: 'BucketAlreadyOwnedByYou',
  bucketNotEmpty: 'BucketNotEmpty',
  noSuchBucket: 'NoSuchBucket',
  tooManyBuckets: 'TooManyBuckets',
  notImplemented: 'NotImplemented',
  serviceUnavailable: 'ServiceUnavailable',
} as const;
