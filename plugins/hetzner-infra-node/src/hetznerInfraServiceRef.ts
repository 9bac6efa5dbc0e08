import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultHetznerInfraService } from './DefaultHetznerInfraService';
import type { HetznerInfraService } from './HetznerInfraService';

/** The service through which a backend plugin reaches hetzner-infra. Built once for each plugin that asks for it. */
export const hetznerInfraServiceRef = createServiceRef<HetznerInfraService>({
  id: 'hetzner-infra.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: ({ auth, discovery }) =>
        new DefaultHetznerInfraService(auth, discovery),
    }),
});
