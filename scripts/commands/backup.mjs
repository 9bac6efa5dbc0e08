import { runDatabaseCommand } from '../databases/command.mjs';

/**
 * `npm run backup -- <file> [--config <file> …]`: writes the databases of the
 * portal into one file. The portal may run meanwhile.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export function run(args) {
  return runDatabaseCommand('backup', args);
}
