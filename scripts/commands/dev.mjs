import path from 'node:path';
import { refuseInterruptedRestore } from '../interruptedRestore.mjs';
import { withChildren } from '../interruption.mjs';
import { checkPortsAreFree } from '../ports.mjs';
import { prepare } from '../preparation.mjs';
import { serve } from '../readyServices.mjs';
import {
  startReloadingApp,
  startReloadingBackend,
  startSandbox,
} from '../services.mjs';
import { localFolder, readPorts } from '../settings.mjs';
import { holdState } from '../stateHold.mjs';

/**
 * `npm run dev`: as `npm start`, but app and backend come from Backstage's own
 * development servers and reload when a file changes. All output is shown.
 *
 * @returns {Promise<number>} exit code
 */
export async function run() {
  const begunMs = Date.now();
  const ports = readPorts();
  await checkPortsAreFree(ports);
  const release = await holdState(localFolder);
  await refuseInterruptedRestore(path.join(localFolder, 'database'));
  let ready = false;

  const code = await withChildren(
    async children => {
      const toolchain = await prepare(children);
      const setting = {
        children,
        toolchain,
        ports,
        onLine: (name, line) => console.log(`${name.padEnd(7)} | ${line}`),
      };
      const services = [
        startSandbox(setting),
        startReloadingBackend(setting),
        startReloadingApp(setting),
      ];
      return serve(services, ports, {
        title: 'Start sandbox, backend and app',
        begunMs,
        onReady: () => {
          ready = true;
        },
      });
    },
    () => console.log('\nEnding app, backend and sandbox.'),
  );
  await release();
  return ready && code === 130 ? 0 : code;
}
