import fs from 'node:fs/promises';
import { checkPortsAreFree } from '../ports.mjs';
import { localFolder, readPorts, shown } from '../settings.mjs';

/**
 * `npm run reset`: forgets environments, sandbox, keys and logs of this
 * checkout. A running portal keeps its state, because its ports are in use.
 *
 * @returns {Promise<number>} exit code
 */
export async function run() {
  await checkPortsAreFree(readPorts());
  await fs.rm(localFolder, { recursive: true, force: true });
  console.log(
    `${shown(
      localFolder,
    )} is gone. \`npm start\` begins with an empty portal and an empty sandbox.`,
  );
  return 0;
}
