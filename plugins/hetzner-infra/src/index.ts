/**
 * Pages of hetzner-infra: environments, operations and connections.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export {
  connectionsRouteRef,
  createEnvironmentRouteRef,
  environmentRouteRef,
  environmentsRouteRef,
  operationRouteRef,
  rootRouteRef,
} from './routes';
export {
  hetznerInfraApiRef,
  type HetznerInfraApi,
  type OperationFilter,
  type OperationStreamListener,
} from './api/HetznerInfraApi';
export { InfraError } from './api/InfraError';
export {
  environmentFromForm,
  fieldOfPath,
  type EnvironmentForm,
  type EnvironmentFormField,
  type PoolForm,
} from './fields/environmentFromForm';
export { hetznerInfraTranslationRef } from './translation';
