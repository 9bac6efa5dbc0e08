export { hetznerInfraServiceRef } from './hetznerInfraServiceRef';
export type {
  HetznerInfraService,
  HetznerInfraServiceOptions,
} from './HetznerInfraService';
export { EnvironmentConflictError, InvalidEnvironmentError } from './errors';
export {
  portalHealthServiceRef,
  type PortalHealthCheck,
  type PortalHealthService,
} from './portalHealthServiceRef';
