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

/** Every text of the plugin, in English. An area's file holds whole top-level groups, so none is written twice. */
export const messages = {
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
} as const;
