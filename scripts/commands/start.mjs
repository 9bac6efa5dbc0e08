import path from 'node:path';
import { ensureFrontend } from '../frontend.mjs';
import { withChildren } from '../interruption.mjs';
import { checkPortsAreFree } from '../ports.mjs';
import { logOf, prepare } from '../preparation.mjs';
import { spell, step } from '../progress.mjs';
import { firstToEnd, startPortal, startSandbox } from '../services.mjs';
import { localFolder, readPorts, root, shown } from '../settings.mjs';

/**
 * `npm start`: brings what is missing, starts sandbox and portal, and stays
 * until it is interrupted or one of them ends.
 *
 * @returns {Promise<number>} exit code
 */
export async function run() {
  const begun = Date.now();
  const ports = readPorts();
  await checkPortsAreFree(ports);
  let ready = false;

  const code = await withChildren(
    async children => {
      const toolchain = await prepare(children);
      await ensureFrontend(children, toolchain, root, logOf('frontend'), work =>
        step('Build the app (once for these sources)', work),
      );
      const services = [
        startSandbox(children, toolchain, ports),
        startPortal(children, toolchain, ports),
      ];
      const failure = firstToEnd(services);
      await step('Start sandbox and portal', () =>
        Promise.race([
          Promise.all(services.map(service => service.ready)),
          failure,
        ]),
      );
      ready = true;
      const [portal, backend, sandbox] = ports.map(({ port }) => port);
      console.log(
        [
          '',
          `Portal ready: http://localhost:${portal}`,
          `Ready after ${spell(
            Date.now() - begun,
          )}. API: http://localhost:${backend}/api. Sandbox: http://127.0.0.1:${sandbox}/hetzner/v1.`,
          `Logs: ${shown(
            path.join(localFolder, 'logs'),
          )}. Ctrl-C ends everything.`,
        ].join('\n'),
      );
      return failure;
    },
    () => console.log('\nEnding the portal and the sandbox.'),
  );
  // Being told to end is how a running portal ends: no failure then.
  return ready && code === 130 ? 0 : code;
}
