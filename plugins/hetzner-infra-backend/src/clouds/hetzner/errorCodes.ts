/**
 * Codes of the Hetzner Cloud API, and when it sends them. Source: Hetzner Cloud
 * API, "Errors" and the error tables of each operation; those marked (seen) are
 * in hcloud-go v2.53 error.go, but not in the description.
 */
export const hetznerCodes = {
  // Any operation

  /** 400: the body is not JSON. */
  jsonError: 'json_error',
  /** 401: the token is missing, wrong or revoked. */
  unauthorized: 'unauthorized',
  /** 401: a write with a read-only token, until autumn 2026; `forbidden` since. */
  tokenReadonly: 'token_readonly',
  /** 403: the token may not do this. */
  forbidden: 'forbidden',
  /** 403: a quota of the project, or a limit of the object's type, is used up. */
  resourceLimitExceeded: 'resource_limit_exceeded',
  /** 403: the operation is switched off while Hetzner works on it. */
  maintenance: 'maintenance',
  /** 404: no object has this id. */
  notFound: 'not_found',
  /** 405: the path does not know the method. */
  methodNotAllowed: 'method_not_allowed',
  /** 409: the name, or an SSH key's fingerprint, is taken in this project. */
  uniquenessError: 'uniqueness_error',
  /** 409: another change of this network or load balancer is in progress. */
  conflict: 'conflict',
  /** 410: the API was removed. */
  deprecatedApiEndpoint: 'deprecated_api_endpoint',
  /** 412: sold out in this location, or the location is closed. */
  resourceUnavailable: 'resource_unavailable',
  /** 422: a value is not valid; `details.fields` says which. */
  invalidInput: 'invalid_input',
  /** 422: a rule of the backend, such as a subnet that is still in use. */
  serviceError: 'service_error',
  /** 422: this object cannot do that, such as retrying an uploaded certificate. */
  unsupportedError: 'unsupported_error',
  /** 422: something still uses it (firewall, certificate). */
  resourceInUse: 'resource_in_use',
  /** 423: another action holds the object. */
  locked: 'locked',
  /** 423: the object is locked by Hetzner (seen). */
  resourceLocked: 'resource_locked',
  /** 423: protected against deletion or rebuild. */
  protected: 'protected',
  /** 429: the project's requests of this hour are used up. */
  rateLimitExceeded: 'rate_limit_exceeded',
  /** 500: a failure inside the API. */
  serverError: 'server_error',
  /** 502: the gateway got no answer from the API. */
  badGateway: 'bad_gateway',
  /** 503: the API is not available. */
  unavailable: 'unavailable',
  /** 504: the API did not answer the gateway in time. */
  timeout: 'timeout',
  /** No code fits, in actions too (seen). */
  unknownError: 'unknown_error',
  /** Of an action that failed without a better code. */
  actionFailed: 'action_failed',

  // Servers

  /** 422: the group cannot take another server, or no host is left for it. */
  placementError: 'placement_error',
  /** 422: the type does not fit this server, or is deprecated. */
  invalidServerType: 'invalid_server_type',
  /** 422: the server has to be off. */
  serverNotStopped: 'server_not_stopped',
  /** 422: the server is in this placement group. */
  alreadyInPlacementGroup: 'already_in_placement_group',
  /** 422: the server is in this network. */
  serverAlreadyAttached: 'server_already_attached',
  /** 422: the network's range overlaps with another network of the server. */
  networksOverlap: 'networks_overlap',
  /** 422: the primary IP belongs to another server. */
  primaryIpAssigned: 'primary_ip_assigned',

  // Networks

  /** 422: the private address is taken or outside all subnets. */
  ipNotAvailable: 'ip_not_available',
  /** 422: no subnet has a free address. */
  noSubnetAvailable: 'no_subnet_available',

  // Load balancers

  /** 422: the load balancer has this target. */
  targetAlreadyDefined: 'target_already_defined',
  /** 412 or 422: another service listens on this port. */
  sourcePortAlreadyUsed: 'source_port_already_used',
  /** 422: private targets need a load balancer in their network. */
  loadBalancerNotAttachedToNetwork: 'load_balancer_not_attached_to_network',
  /** 422: the load balancer is in a network; it can be in one. */
  loadBalancerAlreadyAttached: 'load_balancer_already_attached',
  /** 422: a target of the selector has no private address. */
  resolveCloudPrivateTargetsError: 'resolve_cloud_private_targets_error',
  /** 422: a target still uses its public address. */
  targetsWithoutUsePrivateIp: 'targets_without_use_private_ip',
  /** 422: the type cannot carry what the load balancer has. */
  invalidLoadBalancerType: 'invalid_load_balancer_type',

  // Firewalls

  /** 422: the firewall is applied to this resource. */
  firewallAlreadyApplied: 'firewall_already_applied',
  /** 404 or 422: the resource is not there, or has no such firewall. */
  firewallResourceNotFound: 'firewall_resource_not_found',
  /** 422: a server that a selector matches cannot be taken out alone. */
  firewallManagedByLabelSelector: 'firewall_managed_by_label_selector',
  /** 422: firewalls need a public interface. */
  privateNetOnlyServer: 'private_net_only_server',

  // Volumes and primary IPs

  /** 422: no volume storage left in this location. */
  noSpaceLeftInLocation: 'no_space_left_in_location',
  /** 422: the volume is attached to a server (seen). */
  volumeAlreadyAttached: 'volume_already_attached',
  /** 422: an assigned primary IP cannot be deleted. */
  mustBeUnassigned: 'must_be_unassigned',
} as const;
