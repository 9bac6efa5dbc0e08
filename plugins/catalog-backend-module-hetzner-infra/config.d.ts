import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Environments of hetzner-infra as entities. */
      hetznerInfra?: {
        /** Entity reference of the System that environments and their parts belong to. None unless set. */
        system?: string;
        /**
         * When all environments are read again, beside what events tell at once.
         * Every 5 minutes unless set.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
