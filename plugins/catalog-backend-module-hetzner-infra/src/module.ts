import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { hetznerInfraServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { CatalogContents } from './CatalogContents';
import { EnvironmentEntityProvider } from './EnvironmentEntityProvider';
import { EnvironmentReader } from './EnvironmentReader';

/** The delay lets hetzner-infra start first; after a crash nobody refreshes until the timeout has passed. */
const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 2 },
  initialDelay: { seconds: 15 },
};

/** Provides environments and their parts as entities. */
export const catalogModuleHetznerInfra = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'hetzner-infra',
  register: env =>
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        environments: hetznerInfraServiceRef,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init(services) {
        const { auth, environments, events, lifecycle, logger } = services;
        const config = services.config.getOptionalConfig(
          'catalog.providers.hetznerInfra',
        );
        const schedule = config?.getOptionalConfig('schedule');
        const catalog = new CatalogContents({
          catalog: services.catalog,
          auth,
        });
        const provider = new EnvironmentEntityProvider({
          reader: new EnvironmentReader({
            portalUrl: services.config
              .getString('app.baseUrl')
              .replace(/\/+$/, ''),
            system: config?.getOptionalString('system'),
            environments,
            catalog,
            auth,
          }),
          catalog,
          taskRunner: services.scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : DEFAULT_SCHEDULE,
          ),
          events,
          logger,
        });
        services.processing.addEntityProvider(provider);
        lifecycle.addShutdownHook(() => provider.stop());
      },
    }),
});
