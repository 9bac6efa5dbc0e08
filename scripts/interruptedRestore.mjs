import fs from 'node:fs/promises';
import path from 'node:path';
import { Problem } from './problem.mjs';

/**
 * Copies that a restore has left beside a folder of databases because it was killed.
 *
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function leftoverRestores(folder) {
  const parent = path.dirname(folder);
  const names = await fs.readdir(parent).catch(() => []);
  return names
    .filter(name => name.startsWith(`${path.basename(folder)}.restoring-`))
    .map(name => path.join(parent, name));
}

/**
 * A portal that starts between the two halves of a restore would begin with empty
 * databases.
 *
 * @param {string} folder of the databases
 * @throws {Problem} while a restore is not complete
 */
export async function refuseInterruptedRestore(folder) {
  const [incoming] = await leftoverRestores(folder);
  if (!incoming) return;
  const isThere = (await fs.readdir(folder).catch(() => [])).length > 0;
  throw new Problem(
    isThere
      ? `A restore was interrupted before it changed anything. Delete ${incoming} and start again; then restore once more if you want what is in the backup.`
      : `A restore was interrupted in the middle: ${folder} is not there. Rename ${incoming} to ${folder} to complete it, or ${incoming.replace(
          '.restoring-',
          '.before-',
        )} to ${folder} and delete ${incoming} to undo it. Then start again.`,
  );
}
