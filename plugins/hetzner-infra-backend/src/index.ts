/**
 * Environments on Hetzner: quote, create, change, watch and remove them.
 *
 * @packageDocumentation
 */
export { hetznerInfraPlugin as default } from './plugin';
