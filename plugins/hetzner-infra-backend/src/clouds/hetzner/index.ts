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
export { createOrAdopt } from './createOrAdopt';
export type { CreateBody, Created, CreatePath } from './createOrAdopt';
export { hetznerCodes, ownCodes } from './errorCodes';
export type {
  CallOptions,
  CallReport,
  CallScope,
  HetznerCloud,
  PendingCall,
  Priority,
  RateStatus,
  WaitOptions,
} from './HetznerCloud';
