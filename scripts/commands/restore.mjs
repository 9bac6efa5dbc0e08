import { runDatabaseCommand } from '../databases/command.mjs';

/**
 * `npm run restore -- <file> [--config <file> …]`: puts the databases of a backup
 * in the place of those that are there, while no portal runs.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export function run(args) {
  return runDatabaseCommand('restore', args);
}
