import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { hetznerInfraServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { changeEnvironmentAction } from './actions/changeEnvironment';
import { createEnvironmentAction } from './actions/createEnvironment';
import { removeEnvironmentAction } from './actions/removeEnvironment';

/** Adds the actions that create, change and remove environments to the scaffolder. */
export const scaffolderModuleHetznerInfra = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'hetzner-infra',
  register: env =>
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        environments: hetznerInfraServiceRef,
      },
      async init({ actions, auth, environments }) {
        actions.addActions(
          changeEnvironmentAction({ auth, environments }),
          createEnvironmentAction({ auth, environments }),
          removeEnvironmentAction({ auth, environments }),
        );
      },
    }),
});
