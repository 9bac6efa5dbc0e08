import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { hetznerInfraPermissions } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { PortalPermissionPolicy } from './permissionPolicy';

function user(name: string, ...groups: string[]): PolicyQueryUser {
  const userEntityRef = `user:default/${name}`;
  const ownershipEntityRefs = [userEntityRef, ...groups];
  return {
    info: { userEntityRef, ownershipEntityRefs },
  } as PolicyQueryUser;
}

const platform = user('ada', 'group:default/platform');
const backend = user('grace', 'group:default/backend');

const unknown = createPermission({
  name: 'of.a.plugin.installed.later',
  attributes: { action: 'read' },
});

const permissions: Permission[] = [
  ...hetznerInfraPermissions,
  ...scaffolderPermissions,
  catalogEntityReadPermission,
  catalogEntityCreatePermission,
  catalogEntityRefreshPermission,
  catalogEntityDeletePermission,
  catalogLocationCreatePermission,
  unknown,
];

const allow = { result: AuthorizeResult.ALLOW };
const deny = { result: AuthorizeResult.DENY };
const ifEnvironmentOwner = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'hetzner-infra',
  resourceType: 'hetzner-infra-environment',
  conditions: {
    rule: 'IS_ENVIRONMENT_OWNER',
    resourceType: 'hetzner-infra-environment',
    params: { claims: ['user:default/grace', 'group:default/backend'] },
  },
};
const ifTaskOwner = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'scaffolder',
  resourceType: 'scaffolder-task',
  conditions: {
    rule: 'IS_TASK_OWNER',
    resourceType: 'scaffolder-task',
    params: { createdBy: ['user:default/grace'] },
  },
};

const forBackend: [string, PolicyDecision][] = [
  ['hetzner-infra.environment.read', allow],
  ['hetzner-infra.environment.create', allow],
  ['hetzner-infra.environment.update', ifEnvironmentOwner],
  ['hetzner-infra.environment.remove', ifEnvironmentOwner],
  ['hetzner-infra.environment.operate', ifEnvironmentOwner],
  ['hetzner-infra.operation.approve', allow],
  ['hetzner-infra.connection.read', deny],
  ['hetzner-infra.connection.manage', deny],
  ['hetzner-infra.orphan.read', deny],
  ['hetzner-infra.orphan.remove', deny],
  ['hetzner-infra.orphan.adopt', deny],
  ['hetzner-infra.platform.act', deny],
  ['scaffolder.action.execute', allow],
  ['scaffolder.template.parameter.read', allow],
  ['scaffolder.template.step.read', allow],
  ['scaffolder.template.dry-run', deny],
  ['scaffolder.template.management', deny],
  ['scaffolder.task.create', allow],
  ['scaffolder.task.read', ifTaskOwner],
  ['scaffolder.task.cancel', ifTaskOwner],
  ['catalog.entity.read', allow],
  ['catalog.entity.create', deny],
  ['catalog.entity.refresh', deny],
  ['catalog.entity.delete', deny],
  ['catalog.location.create', deny],
  ['of.a.plugin.installed.later', deny],
];

describe('PortalPermissionPolicy', () => {
  const policy = new PortalPermissionPolicy();

  it('is tried with every permission of the plugins it rules', () => {
    expect(permissions.map(({ name }) => name).sort()).toEqual(
      forBackend.map(([name]) => name).sort(),
    );
  });

  it.each(forBackend)(
    'gives a member of backend %s: %j',
    async (name, expected) => {
      const permission = permissions.find(each => each.name === name)!;
      expect(await policy.handle({ permission }, backend)).toEqual(expected);
    },
  );

  it.each(
    permissions.map(permission => [permission.name, permission] as const),
  )('allows a member of platform %s', async (_, permission) => {
    expect(await policy.handle({ permission }, platform)).toEqual(allow);
  });

  it.each(
    permissions.map(permission => [permission.name, permission] as const),
  )('denies everyone who is not signed in %s', async (_, permission) => {
    expect(await policy.handle({ permission })).toEqual(deny);
  });
});
