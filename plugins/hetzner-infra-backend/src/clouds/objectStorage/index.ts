export { connectObjectStorage } from './connectObjectStorage';
export type {
  ListedBucket,
  ObjectStorage,
  StorageScope,
} from './ObjectStorage';
export type { ObjectStorageOptions } from './connectObjectStorage';
export { s3Codes } from './errorCodes';
