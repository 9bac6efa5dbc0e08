import fs from 'node:fs/promises';
import { localFolder, shown } from '../settings.mjs';
import { holdState } from '../stateHold.mjs';

/**
 * `npm run reset`: forgets environments, sandbox, keys and logs of this
 * checkout. A running portal keeps its state.
 *
 * @returns {Promise<number>} exit code
 */
export async function run() {
  const release = await holdState(localFolder);
  await fs.rm(localFolder, { recursive: true, force: true });
  await release();
  console.log(
    `${shown(
      localFolder,
    )} is gone. \`npm start\` begins with an empty portal and an empty sandbox.`,
  );
  return 0;
}
