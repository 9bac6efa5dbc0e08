import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_ENVIRONMENT } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { z } from 'zod';
import type { OwnerFilter } from '../database/ownerFilter';
import type { StoredEnvironment } from '../environments/EnvironmentStore';

/** Environments in the permission system; the resource reference is the name. */
export const environmentResourceRef = createPermissionResourceRef<
  StoredEnvironment,
  OwnerFilter
>().with({
  pluginId: 'hetzner-infra',
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Whether the environment's owner is one of the claims. */
export const isEnvironmentOwner = createPermissionRule({
  name: 'IS_ENVIRONMENT_OWNER',
  description: 'Allow environments whose owner is one of the claims',
  resourceRef: environmentResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references, such as group:default/platform'),
  }),
  apply: (environment, { claims }) =>
    lowerCase(claims).includes(environment.owner),
  toQuery: ({ claims }) => ({ property: 'owner', values: lowerCase(claims) }),
});

/** As owners are stored. */
function lowerCase(claims: string[]): string[] {
  return claims.map(claim => claim.toLocaleLowerCase('en-US'));
}
