import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import net from 'node:net';
import { Problem } from './problem.mjs';
import { shown } from './settings.mjs';

/**
 * Keeps a folder of local state for this process: two portals on one would
 * write over each other's databases. The hold is a socket in Linux's abstract
 * namespace (unix(7)), which has no file and goes with its process, so that
 * nothing has to be cleaned up after a crash.
 *
 * @param {string} folder is made when it is missing
 * @returns {Promise<() => Promise<void>>} gives the folder back
 * @throws {Problem} while another portal of this machine has it
 */
export async function holdState(folder) {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  // Two names of one folder are one folder.
  const { dev, ino } = await fs.stat(folder, { bigint: true });
  const name = createHash('sha256').update(`${dev} ${ino}`).digest('hex');
  const socket = net.createServer();
  await new Promise((resolve, reject) => {
    socket.once('error', error =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem(
              `Another portal runs on the state in ${shown(
                folder,
              )}. End that one, or set PORTAL_STATE to a folder of its own.`,
            )
          : error,
      ),
    );
    socket.listen(`\0xpeditis-portal-${name}`, resolve);
  });
  socket.unref();
  return () => new Promise(resolve => socket.close(() => resolve()));
}
