/** What a test outside of this package drives the engine with: it is bundled into one file. */
export { TestEngine } from './engine';
export { openEngineDatabase } from './engineDatabase';
export { environmentSchema } from '@xpeditis/backstage-plugin-hetzner-infra-common';
