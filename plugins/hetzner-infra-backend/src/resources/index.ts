export { driverOf } from './drivers';
export { observe } from './observe';
export type {
  CertificatePems,
  ChangeContext,
  EnvironmentMaterial,
  KnownResources,
  ReadContext,
  RemoveContext,
  ResourceDriver,
} from './ResourceDriver';
