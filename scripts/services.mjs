import path from 'node:path';
import { logOf } from './preparation.mjs';
import { Problem } from './problem.mjs';
import { localFolder, root, shown } from './settings.mjs';

const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
const pollMs = 50;
const linesShown = 15;

/**
 * @typedef {object} Service
 * @property {ReturnType<import('./children.mjs').Children['start']>} child
 * @property {Promise<void>} ready never rejects; a service that cannot start ends
 */

const portOf = (ports, service) =>
  ports.find(port => port.service === service).port;

/**
 * Starts the stand-in for the cloud, which says on its output when it is ready.
 *
 * @param {import('./children.mjs').Children} children
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @param {import('./settings.mjs').Port[]} ports
 * @returns {Service}
 */
export function startSandbox(children, toolchain, ports) {
  let child;
  const ready = new Promise(resolve => {
    child = children.start({
      name: 'sandbox',
      command: toolchain.node,
      args: [
        ...transform,
        path.join('packages', 'sandbox', 'src', 'main.ts'),
        '--port',
        String(portOf(ports, 'sandbox')),
        '--state',
        path.join(localFolder, 'sandbox'),
      ],
      cwd: root,
      env: toolchain.env,
      log: logOf('sandbox'),
      onLine: line => line.includes('Sandbox ready') && resolve(),
    });
  });
  return { child, ready };
}

/**
 * Starts the backend from its sources, without the watcher of Backstage's CLI;
 * it serves the built app as well.
 *
 * @param {import('./children.mjs').Children} children
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @param {import('./settings.mjs').Port[]} ports
 * @param {{ withApp?: boolean }} options without the app, the backend is ready when its API is
 * @returns {Service}
 */
export function startPortal(
  children,
  toolchain,
  ports,
  { withApp = true } = {},
) {
  const child = children.start({
    name: 'portal',
    command: toolchain.node,
    args: [...transform, path.join('src', 'index.ts')],
    // Locations and the database folder in app-config.yaml are relative to it.
    cwd: path.join(root, 'packages', 'backend'),
    env: {
      ...toolchain.env,
      NODE_ENV: 'development',
      PORTAL_STATE: localFolder,
    },
    log: logOf('portal'),
  });
  return {
    child,
    ready: untilAnswering(child, [
      `http://127.0.0.1:${portOf(
        ports,
        'backend',
      )}/.backstage/health/v1/readiness`,
      ...(withApp ? [`http://127.0.0.1:${portOf(ports, 'portal')}/`] : []),
    ]),
  };
}

/**
 * Waits until every address answers well, or the process has ended.
 *
 * @param {Service['child']} child
 * @param {string[]} urls
 */
export async function untilAnswering(child, urls) {
  for (const url of urls) {
    while (!child.hasEnded && !(await answers(url))) {
      await new Promise(resolve => setTimeout(resolve, pollMs));
    }
  }
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Comes back only by failing: with the first of these services that ends.
 *
 * @param {Service[]} services
 * @returns {Promise<never>}
 */
export async function firstToEnd(services) {
  const { child, code, signal, error } = await Promise.race(
    services.map(async ({ child }) => ({ child, ...(await child.ended) })),
  );
  const how = error
    ? `was not started (${error.message})`
    : `ended ${signal ? `by ${signal}` : `with exit code ${code}`}`;
  const said = child.lastLines(linesShown).map(line => `    ${line}`);
  throw new Problem(
    [
      `The ${child.name} ${how}.${said.length > 0 ? ' It said last:' : ''}`,
      ...said,
      `All of it is in ${shown(child.log)}.`,
    ].join('\n'),
  );
}
