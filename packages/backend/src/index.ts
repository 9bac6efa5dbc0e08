import { createBackend } from '@backstage/backend-defaults';
import { createAppListener } from './appListener';
import { catalogFilePlaceholder } from './catalogFilePlaceholder';
import { interruptedRestore } from './interruptedRestore';
import { startMetrics } from './metrics';
import { permissionPolicy } from './permissionPolicy';
import { rootHealth } from './rootHealth';

// Before the backend: meters that are made earlier stay without effect.
const metrics = startMetrics(process.env);

const backend = createBackend();

backend.add(interruptedRestore);
backend.add(rootHealth);

createAppListener().forEach(feature => backend.add(feature));
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
// Replicas tell each other what happened through its tables.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
if (process.env.NODE_ENV === 'development') {
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
}
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionPolicy);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(catalogFilePlaceholder);
backend.add(
  import('@xpeditis/backstage-plugin-catalog-backend-module-hetzner-infra'),
);

backend.add(import('@xpeditis/backstage-plugin-hetzner-infra-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@xpeditis/backstage-plugin-scaffolder-backend-module-hetzner-infra'),
);

const start = async () => {
  await metrics;
  await backend.start();
};

start().catch(error => {
  // Without this the process would live on, never ready and never restarted.
  console.error(`The backend did not start. ${error.message}`);
  process.exit(1);
});
