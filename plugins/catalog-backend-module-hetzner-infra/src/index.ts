/**
 * Environments of hetzner-infra and their parts as catalog entities.
 *
 * @packageDocumentation
 */
export { catalogModuleHetznerInfra as default } from './module';
