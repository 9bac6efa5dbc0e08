import path from 'node:path';
import { spell, step } from './progress.mjs';
import { firstToEnd } from './services.mjs';
import { localFolder, shown } from './settings.mjs';

/**
 * Waits for services to be ready, says where they are, and then stays until
 * one of them ends.
 *
 * @param {import('./services.mjs').Service[]} services
 * @param {import('./settings.mjs').Port[]} ports
 * @param {{ title: string, begunMs: number, onReady: () => void }} options
 *   `title` says what starts; `begunMs` is when the command began
 * @returns {Promise<never>}
 * @throws {import('./problem.mjs').Problem} that tells which service ended, and what it said last
 */
export async function serve(services, ports, { title, begunMs, onReady }) {
  const failure = firstToEnd(services);
  await step(title, () =>
    Promise.race([Promise.all(services.map(({ ready }) => ready)), failure]),
  );
  onReady();
  const [portal, backend, sandbox, storage] = ports.map(({ port }) => port);
  console.log(
    [
      '',
      `Portal ready: http://localhost:${portal}`,
      `Ready after ${spell(
        Date.now() - begunMs,
      )}. API: http://localhost:${backend}/api. Sandbox: http://127.0.0.1:${sandbox}/hetzner/v1, its object storage: http://127.0.0.1:${storage}.`,
      `Logs: ${shown(path.join(localFolder, 'logs'))}. Ctrl-C ends everything.`,
    ].join('\n'),
  );
  return failure;
}
