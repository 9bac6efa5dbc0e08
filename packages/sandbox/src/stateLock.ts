import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { lockFile } from './processLock';
import { StateError } from './stateFolder';

const FILE = 'sandbox.lock';

/**
 * Keeps a state folder for this process, which two would write over each
 * other; the answer gives it back. A lock of a process that has gone is taken.
 *
 * @throws StateError while another sandbox has the folder
 */
export function lockState(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFile(path.join(realpathSync(folder), FILE));
  if ('unlock' in lock) return lock.unlock;
  throw new StateError(
    `${folder} is in use by the sandbox with process number ${lock.holder}. End that one, or choose another folder with --state.`,
  );
}
