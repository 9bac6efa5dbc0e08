export {
  noBuckets,
  type BucketClaim,
  type EnvironmentBuckets,
} from './EnvironmentBuckets';
export { isRetained, OWNER_MARK, readMark } from './ownerMark';
export { driverOf } from './drivers';
export { observe } from './observe';
export type {
  ChangeContext,
  KnownResources,
  ReadContext,
  RemoveContext,
  ResourceDriver,
} from './ResourceDriver';
