import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootConfigService,
} from '@backstage/backend-plugin-api';

/**
 * Keeps a backend from starting between the two halves of a restore of SQLite's
 * files: it would begin with empty databases. `npm start` says the same before
 * it prepares anything, see scripts/interruptedRestore.mjs.
 *
 * @throws Error that says which folder to rename
 */
export async function refuseInterruptedRestore(
  config: RootConfigService,
): Promise<void> {
  const connection = config.getOptional('backend.database.connection');
  if (typeof connection !== 'object') return;
  const directory = config.getOptionalString(
    'backend.database.connection.directory',
  );
  if (!directory) return;
  const folder = resolve(directory);
  const parent = dirname(folder);
  const prefix = `${basename(folder)}.restoring-`;
  const names = await readdir(parent).catch(() => []);
  const left = names.find(name => name.startsWith(prefix));
  if (left === undefined) return;
  const incoming = join(parent, left);
  const isThere = (await readdir(folder).catch(() => [])).length > 0;
  throw new Error(
    isThere
      ? `A restore was interrupted before it changed anything. Delete ${incoming}, and start again.`
      : `A restore was interrupted in the middle: ${folder} is not there. Rename ${incoming} to it to complete the restore, or rename ${incoming.replace(
          '.restoring-',
          '.before-',
        )} to it and delete ${incoming} to undo it. Then start again.`,
  );
}

/** Looks before any plugin opens its database. */
export const interruptedRestore = createServiceFactory({
  service: createServiceRef<{}>({
    id: 'portal.interrupted-restore',
    scope: 'root',
  }),
  deps: { config: coreServices.rootConfig },
  initialization: 'always',
  async factory({ config }) {
    await refuseInterruptedRestore(config);
    return {};
  },
});
