import type {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  environmentReadPermission,
  platformActPermission,
  type RESOURCE_TYPE_ENVIRONMENT,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Request } from 'express';
import type { Caller } from '../environments/Caller';
import type { EnvironmentFilter } from '../database/ownerFilter';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import { environmentResourceRef } from './permissions';
import { coded } from '../coded';

type EnvironmentPermission = ResourcePermission<
  typeof RESOURCE_TYPE_ENVIRONMENT
>;

/** Who asks, and what they may. Conditions of a decision are applied here, to rows that are loaded anyway. */
export class Access {
  constructor(
    private readonly services: {
      httpAuth: HttpAuthService;
      auth: AuthService;
      userInfo: UserInfoService;
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
    },
  ) {}

  /** @throws AuthenticationError, NotAllowedError for anything but a person or a service */
  async credentials(request: Request<any, any, any, any>) {
    return this.services.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
  }

  /** Reference, groups and platform right of who asks. */
  async caller(credentials: BackstageCredentials): Promise<Caller> {
    const { auth, userInfo } = this.services;
    const actsForPlatform = await this.may(credentials, platformActPermission);
    if (auth.isPrincipal(credentials, 'user')) {
      const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
      return {
        ref: credentials.principal.userEntityRef,
        groups: ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US')),
        actsForPlatform,
      };
    }
    const ref = auth.isPrincipal(credentials, 'service')
      ? credentials.principal.subject
      : 'unknown';
    return { ref, groups: [], actsForPlatform };
  }

  async may(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.services.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.may(credentials, permission))) {
      throw denied(permission);
    }
  }

  async mayWith(
    credentials: BackstageCredentials,
    permission: EnvironmentPermission,
    environment: StoredEnvironment,
  ): Promise<boolean> {
    const [decision] = await this.services.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return createConditionAuthorizer(this.#ruleset())(decision, environment);
  }

  /** @throws NotAllowedError */
  async requireWith(
    credentials: BackstageCredentials,
    permission: EnvironmentPermission,
    environment: StoredEnvironment,
  ): Promise<void> {
    if (!(await this.mayWith(credentials, permission, environment))) {
      throw denied(permission, environment.name);
    }
  }

  /**
   * The environment, for who may read it. Everybody else is told what is told of
   * one that does not exist.
   *
   * @throws NotFoundError with the given message
   */
  async readable(
    credentials: BackstageCredentials,
    environment: StoredEnvironment | undefined,
    message: string,
  ): Promise<StoredEnvironment> {
    if (
      !environment ||
      !(await this.mayWith(credentials, environmentReadPermission, environment))
    ) {
      throw new NotFoundError(message);
    }
    return environment;
  }

  /**
   * The environments of a list that the caller may see; undefined for all.
   *
   * @throws NotAllowedError for none
   */
  async visible(
    credentials: BackstageCredentials,
    permission: EnvironmentPermission,
  ): Promise<EnvironmentFilter | undefined> {
    const [decision] = await this.services.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY) {
      throw denied(permission);
    }
    return this.#filter(decision);
  }

  /** The environments that are shown beside something else: those that the caller may see, none included; undefined for all. */
  async visibleBeside(
    credentials: BackstageCredentials,
  ): Promise<EnvironmentFilter | undefined> {
    const [decision] = await this.services.permissions.authorizeConditional(
      [{ permission: environmentReadPermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.DENY
      ? { property: 'owner', values: [] }
      : this.#filter(decision);
  }

  #filter(decision: PolicyDecision): EnvironmentFilter | undefined {
    return decision.result === AuthorizeResult.CONDITIONAL
      ? createConditionTransformer(this.#ruleset())(decision.conditions)
      : undefined;
  }

  #ruleset() {
    return this.services.permissionsRegistry.getPermissionRuleset(
      environmentResourceRef,
    );
  }
}

function denied(
  { name }: { name: string },
  environment?: string,
): NotAllowedError {
  return coded(
    new NotAllowedError(
      `You lack the permission ${name}${
        environment ? ` for the environment ${environment}` : ''
      }.`,
    ),
    environment ? 'permission-lacks-for-environment' : 'permission-lacks',
    { permission: name, ...(environment && { environment }) },
  );
}
