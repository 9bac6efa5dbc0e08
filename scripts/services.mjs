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
 * @typedef {object} Setting
 * @property {import('./children.mjs').Children} children
 * @property {import('./toolchain.mjs').Toolchain} toolchain
 * @property {import('./settings.mjs').Port[]} ports
 * @property {(name: string, line: string) => void} [onLine] gets all output
 */

function start({ children, toolchain, ports, onLine }, name, options) {
  return children.start({
    name,
    command: toolchain.node,
    log: logOf(name),
    ...options,
    env: {
      ...toolchain.env,
      PORTAL_STATE: localFolder,
      // It may be worked out from another one, which app-config.yaml cannot.
      SANDBOX_S3_PORT: String(portOf(ports, 'object storage')),
      ...options.env,
    },
    onLine: line => {
      options.onLine?.(line);
      onLine?.(name, line);
    },
  });
}

const backendFolder = path.join(root, 'packages', 'backend');
const readiness = ports =>
  `http://127.0.0.1:${portOf(ports, 'backend')}/.backstage/health/v1/readiness`;
const app = ports => `http://127.0.0.1:${portOf(ports, 'portal')}/`;

/**
 * Starts the stand-in for the cloud, which says on its output when it is ready.
 *
 * @param {Setting} setting
 * @returns {Service}
 */
export function startSandbox(setting) {
  let child;
  const ready = new Promise(resolve => {
    child = start(setting, 'sandbox', {
      args: [
        // It keeps much for long and little for short; V8's usual 16 MiB would only be memory.
        '--max-semi-space-size=4',
        ...transform,
        path.join('packages', 'sandbox', 'src', 'main.ts'),
        '--port',
        String(portOf(setting.ports, 'sandbox')),
        '--state',
        path.join(localFolder, 'sandbox'),
        '--s3-port',
        String(portOf(setting.ports, 'object storage')),
        // Each server that boots takes memory and processor time, so it is asked for.
        ...(process.env.SANDBOX_MACHINES === '1' ? ['--machines'] : []),
      ],
      cwd: root,
      onLine: line => line.includes('Sandbox ready') && resolve(),
    });
  });
  return { child, ready };
}

/**
 * Starts the backend from its sources, without the watcher of Backstage's CLI;
 * it serves the built app as well.
 *
 * @param {Setting} setting
 * @param {{ withApp?: boolean, name?: string, env?: NodeJS.ProcessEnv }} options
 *   whether the built app belongs to what is ready; another name and environment
 *   for a second one beside the first
 * @returns {Service}
 */
export function startPortal(
  setting,
  { withApp = true, name = 'portal', env = {} } = {},
) {
  const child = start(setting, name, {
    args: [...transform, path.join('src', 'index.ts')],
    // Locations and the database folder in app-config.yaml are relative to it.
    cwd: backendFolder,
    env: { NODE_ENV: 'development', ...env },
  });
  const { ports } = setting;
  return {
    child,
    ready: untilAnswering(child, [
      readiness(ports),
      ...(withApp ? [app(ports)] : []),
    ]),
  };
}

const cliStart = [
  path.join(root, 'node_modules', '.bin', 'backstage-cli'),
  'package',
  'start',
];

/** app-config.development.yaml takes the app's port from the backend. */
const developmentEnv = { BACKSTAGE_ENV: 'development', BROWSER: 'none' };

/**
 * Starts the backend under the watcher of Backstage's CLI.
 *
 * @param {Setting} setting
 * @returns {Service}
 */
export function startReloadingBackend(setting) {
  const child = start(setting, 'backend', {
    args: cliStart,
    cwd: backendFolder,
    env: developmentEnv,
  });
  return { child, ready: untilAnswering(child, [readiness(setting.ports)]) };
}

/**
 * Starts the reloading server for the app of Backstage's CLI.
 *
 * @param {Setting} setting
 * @returns {Service}
 */
export function startReloadingApp(setting) {
  const child = start(setting, 'app', {
    args: cliStart,
    cwd: path.join(root, 'packages', 'app'),
    env: developmentEnv,
  });
  return { child, ready: untilAnswering(child, [app(setting.ports)]) };
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
    services.map(async service => ({
      child: service.child,
      ...(await service.child.ended),
    })),
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
