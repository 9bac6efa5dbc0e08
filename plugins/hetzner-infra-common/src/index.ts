/**
 * The functional core of hetzner-infra and its wire contract: values in,
 * values out, no I/O, no clock, no randomness.
 *
 * @packageDocumentation
 */
export * from './announcements';
export * from './blueprint';
export * from './catalogAnnotations';
export * from './catalogue';
export * from './cidr';
export * from './codes';
export * from './cost';
export * from './differences';
export * from './document';
export * from './documentChanges';
export { type BlueprintWarning } from './findings';
export * from './graph';
export * from './initiators';
export * from './guardrails';
export * from './limits';
export * from './money';
export * from './objectStorage';
export * from './ownership';
export * from './parts';
export * from './permissions';
export * from './phrase';
export * from './plan';
export * from './presets';
export * from './price';
export * from './priceBook';
export * from './problems';
export * from './quota';
export * from './quote';
export { changesInPlace, hasRoomFor } from './room';
export * from './schedule';
export * from './serverTypes';
export * from './taskRequest';
export * from './words';
export * from './schema/openapi';
