import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  environmentCreatePermission,
  environmentRemovePermission,
  environmentUpdatePermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  changeEnvironmentRouteRef,
  createEnvironmentRouteRef,
  templateWizardRouteRef,
} from '../routes';

/** Where an environment is created; undefined where that is not permitted, or there is no scaffolder to do it. */
export function useCreateEnvironmentHref(): string | undefined {
  const createPage = useRouteRef(createEnvironmentRouteRef);
  const wizard = useRouteRef(templateWizardRouteRef);
  const { allowed } = usePermission({
    permission: environmentCreatePermission,
  });
  return allowed && wizard ? createPage?.() : undefined;
}

/** Where an environment is changed; undefined where that is not permitted, or there is no scaffolder to do it. */
export function useChangeEnvironmentHref(name: string): string | undefined {
  const changePage = useRouteRef(changeEnvironmentRouteRef);
  const wizard = useRouteRef(templateWizardRouteRef);
  const { allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: name,
  });
  return allowed && wizard && name ? changePage?.({ name }) : undefined;
}

/** Where an environment is removed, with its name filled in; undefined where that is not installed or not permitted. */
export function useRemoveEnvironmentHref(name: string): string | undefined {
  const wizard = useRouteRef(templateWizardRouteRef);
  const { allowed } = usePermission({
    permission: environmentRemovePermission,
    resourceRef: name,
  });
  if (!allowed || !wizard) return undefined;
  const path = wizard({
    namespace: 'default',
    templateName: 'remove-environment',
  });
  const formData = JSON.stringify({ environment: name });
  return `${path}?${new URLSearchParams({ formData })}`;
}
