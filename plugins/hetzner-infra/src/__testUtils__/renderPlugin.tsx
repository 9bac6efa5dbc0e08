import {
  identityApiRef,
  type ApiRef,
  type ExternalRouteRef,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import type { JsonObject } from '@backstage/types';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  permissionApiRef,
  type PermissionApi,
} from '@backstage/plugin-permission-react';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import plugin from '../plugin';
import {
  catalogEntityRouteRef,
  scaffolderTaskRouteRef,
  templateWizardRouteRef,
} from '../routes';

/** Other plugins' pages that this one leads to, where they stand in a portal. */
export const OTHER_PAGES: Record<string, ExternalRouteRef<any>> = {
  '/create/templates/:namespace/:templateName': templateWizardRouteRef,
  '/create/tasks/:taskId': scaffolderTaskRouteRef,
  '/catalog/:namespace/:kind/:name': catalogEntityRouteRef,
};

type ReaderApis = [
  [ApiRef<PermissionApi>, PermissionApi],
  [ApiRef<IdentityApi>, IdentityApi],
];

/** The reader's identity and what is denied to him, by name of the permission. */
export function readerApis(denied: readonly string[] = []): ReaderApis {
  return [
    [
      permissionApiRef,
      mockApis.permission({
        authorize: ({ permission }) =>
          denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ],
    [
      identityApiRef,
      mockApis.identity({
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest', 'group:default/platform'],
      }),
    ],
  ];
}

/** Opens the portal at an address with only this plugin installed. */
export function renderPlugin(
  address: string,
  options: {
    denied?: readonly string[];
    isAlone?: boolean;
    /** What the catalog knows; there is none unless given. */
    entities?: Entity[];
    /** Beside the addresses of app and backend. */
    config?: JsonObject;
  } = {},
) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    mountedRoutes: options.isAlone ? {} : OTHER_PAGES,
    apis: [
      ...readerApis(options.denied),
      ...(options.entities
        ? ([
            [catalogApiRef, catalogApiMock({ entities: options.entities })],
          ] as const)
        : []),
    ],
    ...(options.config && {
      config: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: { baseUrl: 'http://localhost:7007' },
        ...options.config,
      },
    }),
  });
}
