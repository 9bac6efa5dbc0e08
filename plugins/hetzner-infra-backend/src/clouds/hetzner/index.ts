export { CloudError, isCode } from '../CloudError';
export type { CloudErrorDetails, FailedAction, Outcome } from '../CloudError';
export type {
  Action,
  Certificate,
  Firewall,
  Image,
  LoadBalancer,
  LoadBalancerType,
  Location,
  Network,
  PlacementGroup,
  PrimaryIp,
  RequestOf,
  ResponseOf,
  Server,
  ServerType,
  SshKey,
  Volume,
} from './apiTypes';
export { connectHetzner } from './connectHetzner';
export type { HetznerConnectionOptions } from './connectHetzner';
export { createOrAdopt } from './createOrAdopt';
export type { CreateBody, Created, CreateOptions } from './createOrAdopt';
export type { CreatePath } from './collection';
export { ownCodes } from '../ownCodes';
export { hetznerCodes } from './errorCodes';
export type {
  CallOptions,
  CallReport,
  CallScope,
  HetznerCloud,
  HetznerConnection,
  PendingCall,
  Priority,
  RateStatus,
  WaitOptions,
} from './HetznerCloud';
