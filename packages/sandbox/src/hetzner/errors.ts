/** `error.details` of an answer; its shape depends on the code. */
export type ErrorDetails =
  | null
  | Record<string, never>
  | { fields: { name: string; messages?: string[] }[] }
  | { limits: { name: string }[] }
  | { announcement: string };

/** An error as the Hetzner Cloud API answers it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The answer's body. */
  get body() {
    const { code, message, details } = this;
    return { error: { code, message, details } };
  }
}

const constant =
  (
    status: number,
    code: string,
    message: string,
    details: ErrorDetails = null,
  ) =>
  () =>
    new ApiError(status, code, message, details);

/**
 * Every error of the API, each spelt once. Codes are those of the official
 * description and of hcloud-go v2.53 `error.go`; messages are the ones that
 * hetznercloud/cli's end-to-end tests and public issue trackers quote, where
 * there is one.
 */
export const errors = {
  jsonError: constant(400, 'json_error', 'invalid JSON'),
  unauthorized: constant(401, 'unauthorized', 'unable to authenticate'),
  /** `token_readonly` became `forbidden` in autumn 2026 (hcloud-go v2.51). */
  readOnlyToken: constant(403, 'forbidden', 'token is read-only'),
  forbidden: (message: string) => new ApiError(403, 'forbidden', message),
  unknownPath: constant(404, 'not_found', 'not found', {}),
  notFound: (type: string, id: number | string) =>
    new ApiError(404, 'not_found', `${type} with ID '${id}' not found`),
  methodNotAllowed: constant(405, 'method_not_allowed', 'method not allowed'),
  gone: (announcement: string) =>
    new ApiError(410, 'deprecated_api_endpoint', 'deprecated API endpoint', {
      announcement,
    }),
  rateLimitExceeded: (limit: number) =>
    new ApiError(
      429,
      'rate_limit_exceeded',
      `limit of ${limit} requests per hour reached`,
    ),
  notImplemented: (operation: string) =>
    new ApiError(
      501,
      'not_implemented',
      `the sandbox does not implement the operation ${operation}`,
    ),
  serverError: constant(500, 'server_error', 'internal server error'),

  invalidInput: (fields: { name: string; messages: string[] }[]) =>
    new ApiError(
      422,
      'invalid_input',
      fields.length === 1
        ? `invalid input in field '${
            fields[0].name
          }': ${fields[0].messages.join(', ')}`
        : `invalid input in fields ${fields
            .map(f => `'${f.name}'`)
            .join(', ')}`,
      { fields },
    ),
  uniqueness: (message: string, field = 'name') =>
    new ApiError(409, 'uniqueness_error', message, {
      fields: [{ name: field }],
    }),
  conflict: (message: string) => new ApiError(409, 'conflict', message),
  locked: (type: string) =>
    new ApiError(
      423,
      'locked',
      `cannot perform operation because ${type} is locked`,
    ),
  protectedFrom: (type: string, what: 'delete' | 'rebuild') =>
    new ApiError(423, 'protected', `${type} is ${what} protected`),
  /** hetznercloud/cli v1.67, end-to-end tests. */
  snapshotProtected: constant(
    423,
    'protected',
    'snapshot deletion is protected',
  ),
  resourceInUse: (type: string, id: number) =>
    new ApiError(
      422,
      'resource_in_use',
      `${type} with ID ${id} is still in use`,
    ),
  limitExceeded: (message: string, limit: string) =>
    new ApiError(403, 'resource_limit_exceeded', message, {
      limits: [{ name: limit }],
    }),

  unavailable: (message: string) =>
    new ApiError(412, 'resource_unavailable', message),
  soldOut: constant(412, 'resource_unavailable', 'error during placement'),
  locationDisabled: constant(
    412,
    'resource_unavailable',
    'server location disabled',
    {},
  ),
  /** autobase-tech/autobase#1403; also for types that are not sold any more. */
  unsupportedLocation: constant(
    422,
    'invalid_input',
    'unsupported location for server type',
    {},
  ),
  serviceError: (message: string) =>
    new ApiError(422, 'service_error', message),
  unsupported: (message: string) =>
    new ApiError(422, 'unsupported_error', message),

  serverAlreadyAttached: constant(
    422,
    'server_already_attached',
    'server is already attached to network',
  ),
  serverNotAttachedToNetwork: constant(
    422,
    'server_not_attached_to_network',
    'server is not attached to network',
  ),
  ipNotAvailable: constant(
    422,
    'ip_not_available',
    'provided IP is not available',
  ),
  noSubnetAvailable: constant(
    422,
    'no_subnet_available',
    'no subnet or IP available',
  ),
  networksOverlap: constant(
    422,
    'networks_overlap',
    'network overlaps with another network of the server',
  ),
  serverNotStopped: constant(
    422,
    'server_not_stopped',
    'server is not stopped',
  ),
  invalidServerType: (message: string) =>
    new ApiError(422, 'invalid_server_type', message),
  alreadyInPlacementGroup: constant(
    422,
    'already_in_placement_group',
    'server is already in a placement group',
  ),
  placementGroupFull: constant(
    422,
    'placement_group_member_limit_reached',
    'placement group member limit reached',
  ),

  firewallAlreadyApplied: constant(
    422,
    'firewall_already_applied',
    'firewall is already applied to this resource',
  ),
  /** 422 where a firewall is created, 404 where it is applied or removed. */
  firewallResourceNotFound: (status: 404 | 422) =>
    new ApiError(
      status,
      'firewall_resource_not_found',
      'resource the firewall should be applied to or removed from was not found',
    ),
  serverAlreadyAdded: constant(
    422,
    'server_already_added',
    'server was named more than once',
  ),
  firewallManagedByLabelSelector: constant(
    422,
    'firewall_managed_by_label_selector',
    'firewall was applied by a label selector and cannot be removed manually',
  ),
  privateNetOnlyServer: constant(
    422,
    'private_net_only_server',
    'server has no public network interface',
  ),

  sourcePortAlreadyUsed: constant(
    422,
    'source_port_already_used',
    'source port is already used by another service',
  ),
  targetAlreadyDefined: constant(
    422,
    'target_already_defined',
    'target is already defined',
  ),
  targetNotFound: constant(
    422,
    'load_balancer_target_not_found',
    'load balancer target not found',
  ),
  loadBalancerAlreadyAttached: constant(
    422,
    'load_balancer_already_attached',
    'load balancer is already attached to a network',
  ),
  loadBalancerNotAttached: constant(
    422,
    'load_balancer_not_attached_to_network',
    'load balancer is not attached to a network',
  ),
  loadBalancerPublicInterfaceDisabled: constant(
    422,
    'load_balancer_public_interface_disabled',
    'public interface of the load balancer is disabled',
  ),
  targetsWithoutUsePrivateIp: constant(
    422,
    'targets_without_use_private_ip',
    'load balancer has targets that do not use their private IP',
  ),
  invalidLoadBalancerType: (message: string) =>
    new ApiError(422, 'invalid_load_balancer_type', message),
  dnsZoneNotFound: constant(422, 'dns_zone_not_found', 'DNS zone not found'),
  noPublicTarget: constant(
    422,
    'resolve_cloud_public_targets_error',
    'server has no public IPv4',
  ),
  noPrivateTarget: constant(
    422,
    'resolve_cloud_private_targets_error',
    'server is not attached to the network of the load balancer',
  ),
  ipNotOwned: constant(
    422,
    'ip_not_owned',
    'IP is not owned by the owner of the project',
  ),
  cloudResourceIpNotAllowed: constant(
    422,
    'cloud_resource_ip_not_allowed',
    'IP belongs to a cloud resource; add it by its server',
  ),
  networkHasNoVswitchSubnet: constant(
    422,
    'network_has_no_vswitch_subnet',
    'network has no vSwitch subnet',
  ),

  mustBeUnassigned: constant(
    422,
    'must_be_unassigned',
    'IP must be unassigned before it can be deleted',
  ),
  floatingIpAssigned: constant(
    422,
    'floating_ip_assigned',
    'Floating IP is already assigned to a server',
  ),
  serverHasIpv4: constant(
    422,
    'server_has_ipv4',
    'server already has an IPv4 address',
  ),
  serverHasIpv6: constant(
    422,
    'server_has_ipv6',
    'server already has an IPv6 address',
  ),
  serverIsLoadBalancerTarget: constant(
    422,
    'server_is_load_balancer_target',
    'IPv4 address of the server is a load balancer target',
  ),
  primaryIpAlreadyAssigned: constant(
    422,
    'primary_ip_already_assigned',
    'Primary IP is already assigned',
  ),
  primaryIpAssigned: constant(
    422,
    'primary_ip_assigned',
    'Primary IP is already assigned to a server',
  ),
  primaryIpLocationMismatch: constant(
    422,
    'primary_ip_datacenter_mismatch',
    'Primary IP is in another location',
  ),
  primaryIpVersionMismatch: constant(
    412,
    'primary_ip_version_mismatch',
    'Primary IP has the wrong IP version',
  ),

  volumeAlreadyAttached: constant(
    422,
    'volume_already_attached',
    'volume is already attached to a server',
  ),
  serverVolumeLimit: constant(
    422,
    'limit_exceeded_error',
    'server has the maximum number of volumes attached',
  ),
};

/** The code and message with which an action ends. */
export interface ActionError {
  code: string;
  message: string;
}
