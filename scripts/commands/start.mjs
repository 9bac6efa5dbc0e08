import path from 'node:path';
import { ensureFrontend } from '../frontend.mjs';
import { refuseInterruptedRestore } from '../interruptedRestore.mjs';
import { withChildren } from '../interruption.mjs';
import { checkPortsAreFree } from '../ports.mjs';
import { logOf, prepare } from '../preparation.mjs';
import { step } from '../progress.mjs';
import { serve } from '../readyServices.mjs';
import { startPortal, startSandbox } from '../services.mjs';
import { localFolder, readPorts, root } from '../settings.mjs';
import { holdState } from '../stateHold.mjs';

/**
 * `npm start`: brings what is missing, starts sandbox and portal, and stays
 * until it is interrupted or one of them ends.
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
      await ensureFrontend(children, toolchain, root, logOf('frontend'), work =>
        step('Build the app (once for these sources)', work),
      );
      const setting = { children, toolchain, ports };
      return serve([startSandbox(setting), startPortal(setting)], ports, {
        title: 'Start sandbox and portal',
        begunMs,
        onReady: () => {
          ready = true;
        },
      });
    },
    () => console.log('\nEnding the portal and the sandbox.'),
  );
  await release();
  // Being told to end is how a running portal ends: no failure then.
  return ready && code === 130 ? 0 : code;
}
