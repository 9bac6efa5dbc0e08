import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { ensureLocalState } from './localState.mjs';
import { step } from './progress.mjs';
import { cacheFolder, localFolder, root } from './settings.mjs';
import { ensureToolchain } from './toolchain.mjs';

/** File for the output of one program of this checkout. */
export const logOf = name => path.join(localFolder, 'logs', `${name}.log`);

/**
 * What every command needs before its own work: tools, packages, local state.
 *
 * @param {import('./children.mjs').Children} children
 * @returns {Promise<import('./toolchain.mjs').Toolchain>} with the local state's variables in its environment
 * @throws {import('./problem.mjs').Problem}
 */
export async function prepare(children) {
  const state = await ensureLocalState(localFolder);
  const toolchain = await ensureToolchain(
    children,
    cacheFolder(),
    process.env,
    (title, work) => step(`Bring ${title}`, work),
  );
  await ensureDependencies(children, toolchain, root, logOf('install'), work =>
    step('Install packages (a minute or two the first time)', work),
  );
  return { ...toolchain, env: { ...toolchain.env, ...state } };
}
