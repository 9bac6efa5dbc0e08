import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  environmentCreatePermission,
  environmentOperatePermission,
  environmentReadPermission,
  environmentRemovePermission,
  environmentUpdatePermission,
  operationApprovePermission,
  RESOURCE_TYPE_ENVIRONMENT,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Members of this group run the platform and may do everything. */
const PLATFORM_GROUP = 'group:default/platform';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const forEverySignedInUser = [
  catalogEntityReadPermission,
  environmentReadPermission,
  environmentCreatePermission,
  // Who may is a matter of the group that each operation names.
  operationApprovePermission,
  templateParameterReadPermission,
  templateStepReadPermission,
  actionExecutePermission,
  taskCreatePermission,
];

const forOwnersOfTheEnvironment = [
  environmentUpdatePermission,
  environmentRemovePermission,
  environmentOperatePermission,
];

const forOwnersOfTheTask = [taskReadPermission, taskCancelPermission];

/** The rule IS_ENVIRONMENT_OWNER is the hetzner-infra backend's; it compares `metadata.owner`. */
function ifOwnerOfTheEnvironment(
  permission: ResourcePermission,
  claims: string[],
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'hetzner-infra',
    resourceType: permission.resourceType,
    conditions: {
      rule: 'IS_ENVIRONMENT_OWNER',
      resourceType: RESOURCE_TYPE_ENVIRONMENT,
      params: { claims },
    },
  };
}

/**
 * Who may do what in the portal. What is not named here is denied, a plugin
 * that is installed later included; services do not come by here at all.
 * Ownership claims are those of the token: a new group counts from the next sign-in.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const { ownershipEntityRefs, userEntityRef } = user.info;
    if (ownershipEntityRefs.includes(PLATFORM_GROUP)) {
      return ALLOW;
    }
    if (forEverySignedInUser.some(each => isPermission(permission, each))) {
      return ALLOW;
    }
    for (const owned of forOwnersOfTheEnvironment) {
      if (isPermission(permission, owned)) {
        return ifOwnerOfTheEnvironment(permission, ownershipEntityRefs);
      }
    }
    for (const owned of forOwnersOfTheTask) {
      if (isPermission(permission, owned)) {
        return createScaffolderTaskConditionalDecision(
          permission,
          scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
        );
      }
    }
    return DENY;
  }
}

/** Installs the policy; a backend with two of them does not start. */
export const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new PortalPermissionPolicy());
      },
    });
  },
});
