export { CloudError, isCode } from '../CloudError';
export type { CloudErrorDetails, FailedAction, Outcome } from '../CloudError';
export type {
  Action,
  Certificate,
  Firewall,
  ItemOf,
  LoadBalancer,
  LoadBalancerType,
  Location,
  Network,
  PlacementGroup,
  RequestOf,
  ResponseOf,
  Server,
  ServerType,
  SshKey,
} from './apiTypes';
export { connectHetzner } from './connectHetzner';
export type { HetznerConnectionOptions } from './connectHetzner';
export { createOrAdopt } from './createOrAdopt';
export type { CreateBody, Created, CreateOptions } from './createOrAdopt';
export type { CreatePath } from './collection';
export { interactive } from './interactive';
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
  WaitOptions,
} from './HetznerCloud';
