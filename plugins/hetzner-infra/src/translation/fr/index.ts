import { flatten } from '../flatten';
import type { messages } from '../messages';
import type { Translated } from '../Translated';
import { approval } from './approval';
import { backend } from './backend';
import { change } from './change';
import { connections } from './connections';
import { create } from './create';
import { createPage } from './createPage';
import { entity } from './entity';
import { environment } from './environment';
import { environments } from './environments';
import { operation } from './operation';
import { orphans } from './orphans';
import { shared } from './shared';
import { sweeps } from './sweeps';
import { topology } from './topology';

/** Every text of the plugin, in French. */
export const french: Translated<typeof messages> = {
  ...shared,
  ...environments,
  ...environment,
  ...operation,
  ...connections,
  ...create,
  ...createPage,
  ...change,
  ...approval,
  ...backend,
  ...topology,
  ...entity,
  ...orphans,
  ...sweeps,
};

export default flatten(french);
