import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

/** The checkout. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * What the portal keeps between two starts: database, sandbox, secrets, logs. Deleting it is a fresh start.
 * PORTAL_STATE names another folder, so that a test run leaves the one of the checkout alone.
 */
export const localFolder = process.env.PORTAL_STATE
  ? path.resolve(process.env.PORTAL_STATE)
  : path.join(root, '.local');

/**
 * A file as it is named to the person in front of the checkout.
 *
 * @param {string} file
 */
export function shown(file) {
  const relative = path.relative(root, file);
  return relative.startsWith('..') ? file : relative;
}

/**
 * Where tools, packages and built bundles are kept for every checkout of this account.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env = process.env) {
  return env.XPEDITIS_CACHE
    ? path.resolve(env.XPEDITIS_CACHE)
    : path.join(
        env.XDG_CACHE_HOME || path.join(env.HOME || os.homedir(), '.cache'),
        'xpeditis-portal',
      );
}

const portVariables = {
  portal: ['PORTAL_PORT', 3000],
  backend: ['BACKEND_PORT', 7007],
  sandbox: ['SANDBOX_PORT', 7080],
};

function readPort(variable, text, preset) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Problem(
      `${variable} is "${text}". Set it to a port number from 1 to 65535, or leave it out for ${preset}.`,
    );
  }
  return port;
}

/** The S3 server of the sandbox. Unless it has a port of its own it takes the next one after the sandbox's. */
const objectStorage = {
  service: 'object storage',
  variable: 'SANDBOX_S3_PORT',
};

/**
 * @typedef {{ service: 'portal' | 'backend' | 'sandbox' | 'object storage', variable: string, port: number }} Port
 *
 * The ports of this start. app-config.yaml reads the same variables.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Port[]}
 * @throws {Problem} for what is no port, and for one that is named twice
 */
export function readPorts(env = process.env) {
  const ports = Object.entries(portVariables).map(
    ([service, [variable, preset]]) => ({
      service,
      variable,
      port: readPort(variable, env[variable] || String(preset), preset),
    }),
  );
  const taken = ports.map(({ port }) => port);
  let next = taken.at(-1) + 1;
  while (taken.includes(next)) next += 1;
  ports.push({
    ...objectStorage,
    port: readPort(
      objectStorage.variable,
      env[objectStorage.variable] || String(next),
      'the one after SANDBOX_PORT',
    ),
  });
  for (const [index, { port, variable }] of ports.entries()) {
    const twin = ports.slice(0, index).find(other => other.port === port);
    if (twin) {
      throw new Problem(
        `${twin.variable} and ${variable} are both ${port}. Give each a port of its own.`,
      );
    }
  }
  return ports;
}
