export { connectObjectStorage } from './connectObjectStorage';
export type {
  ObjectStorage,
  ObjectStorageOptions,
} from './connectObjectStorage';
export { s3Codes } from './errorCodes';
