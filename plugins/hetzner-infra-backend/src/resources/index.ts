export { driverOf } from './drivers';
export { observe } from './observe';
export type {
  ChangeContext,
  KnownResources,
  ReadContext,
  RemoveContext,
  ResourceDriver,
} from './ResourceDriver';
