import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { hetznerInfraServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { createEnvironmentAction } from './actions/createEnvironment';
import { removeEnvironmentAction } from './actions/removeEnvironment';

/** Adds the actions `hetzner:environment:create` and `hetzner:environment:remove` to the scaffolder. */
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
          createEnvironmentAction({ auth, environments }),
          removeEnvironmentAction({ auth, environments }),
        );
      },
    }),
});
