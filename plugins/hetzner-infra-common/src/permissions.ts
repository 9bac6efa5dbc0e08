import {
  createPermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Resource type of an environment in the permission system; the resource reference is the environment's name. */
export const RESOURCE_TYPE_ENVIRONMENT = 'hetzner-infra-environment';

/** Read an environment, its resources, operations and cost. */
export const environmentReadPermission: ResourcePermission<
  typeof RESOURCE_TYPE_ENVIRONMENT
> = createPermission({
  name: 'hetzner-infra.environment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Quote and create environments for one of one's own groups. Basic, because there is no environment to ask about yet. */
export const environmentCreatePermission: BasicPermission = createPermission({
  name: 'hetzner-infra.environment.create',
  attributes: { action: 'create' },
});

/** Change what an environment shall be. */
export const environmentUpdatePermission: ResourcePermission<
  typeof RESOURCE_TYPE_ENVIRONMENT
> = createPermission({
  name: 'hetzner-infra.environment.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Remove an environment and what belongs to it. */
export const environmentRemovePermission: ResourcePermission<
  typeof RESOURCE_TYPE_ENVIRONMENT
> = createPermission({
  name: 'hetzner-infra.environment.remove',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Cancel, retry and reconcile: act on what runs without changing what is wanted. */
export const environmentOperatePermission: ResourcePermission<
  typeof RESOURCE_TYPE_ENVIRONMENT
> = createPermission({
  name: 'hetzner-infra.environment.operate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** See which connections exist; never their secrets. */
export const connectionReadPermission: BasicPermission = createPermission({
  name: 'hetzner-infra.connection.read',
  attributes: { action: 'read' },
});

/** Add, replace, check and delete connections. */
export const connectionManagePermission: BasicPermission = createPermission({
  name: 'hetzner-infra.connection.manage',
  attributes: { action: 'update' },
});

/** Act for the platform: create environments for groups that one is no member of, and use every connection. */
export const platformActPermission: BasicPermission = createPermission({
  name: 'hetzner-infra.platform.act',
  attributes: { action: 'update' },
});

/** See what environments and their clusters left behind. Basic, because it belongs to no environment that stands. */
export const orphanReadPermission: BasicPermission = createPermission({
  name: 'hetzner-infra.orphan.read',
  attributes: { action: 'read' },
});

/** Remove what environments and their clusters left behind. */
export const orphanRemovePermission: BasicPermission = createPermission({
  name: 'hetzner-infra.orphan.remove',
  attributes: { action: 'delete' },
});

/** Make environments again that the database does not know, from what carries their labels. */
export const orphanAdoptPermission: BasicPermission = createPermission({
  name: 'hetzner-infra.orphan.adopt',
  attributes: { action: 'create' },
});

/**
 * Approve or reject what is beyond a group's budget. Who has it must be a member
 * of the group that the operation names, too, and not who asked for it.
 */
export const operationApprovePermission: BasicPermission = createPermission({
  name: 'hetzner-infra.operation.approve',
  attributes: { action: 'update' },
});

/** Every permission of the plugin, in the order in which the documentation lists them. */
export const hetznerInfraPermissions = [
  environmentReadPermission,
  environmentCreatePermission,
  environmentUpdatePermission,
  environmentRemovePermission,
  environmentOperatePermission,
  operationApprovePermission,
  connectionReadPermission,
  connectionManagePermission,
  orphanReadPermission,
  orphanRemovePermission,
  orphanAdoptPermission,
  platformActPermission,
];
