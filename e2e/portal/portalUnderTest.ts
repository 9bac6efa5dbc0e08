import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The checkout. */
export const root = path.resolve(__dirname, '../..');

/** Where the tests find a portal. */
const ADDRESSES = ['PORTAL_PORT', 'BACKEND_PORT', 'SANDBOX_PORT'];

/** Free ports by their variables, by the start script's own way to find them, in a process of its own, because a Playwright configuration cannot wait. */
export function findFreePorts(): Record<string, string> {
  const ports = pathToFileURL(path.join(root, 'scripts', 'ports.mjs')).href;
  const script = `
    const { findFreePorts } = await import(${JSON.stringify(ports)});
    console.log(JSON.stringify(await findFreePorts()));
  `;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    }),
  );
}

/**
 * Chooses ports and a fresh state folder for the portal under test, unless the
 * caller names a portal that already runs by PORTAL_PORT, BACKEND_PORT and
 * SANDBOX_PORT. The choice is kept in the environment: Playwright reads its
 * configuration again in each worker.
 *
 * @returns whether the portal runs already
 */
export function choosePortal(): boolean {
  if (process.env.PORTAL_UNDER_TEST) {
    return process.env.PORTAL_UNDER_TEST === 'running';
  }
  const isRunning = ADDRESSES.every(variable => process.env[variable]);
  if (!isRunning) {
    const state = mkdtempSync(path.join(os.tmpdir(), 'portal-e2e-'));
    // What failed can be looked into afterwards.
    process.on('exit', code => {
      if (code === 0) rmSync(state, { recursive: true, force: true });
    });
    process.env.PORTAL_STATE = state;
    Object.assign(process.env, findFreePorts());
  }
  process.env.PORTAL_UNDER_TEST = isRunning ? 'running' : 'started';
  return isRunning;
}

/** Where the app answers. */
export const portalUrl = () => `http://localhost:${process.env.PORTAL_PORT}`;

/** Where the backend answers. */
export const backendUrl = () => `http://localhost:${process.env.BACKEND_PORT}`;

/** Where the sandbox answers. */
export const sandboxUrl = () => `http://127.0.0.1:${process.env.SANDBOX_PORT}`;
