import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * Gives what a benchmark starts a folder and ports of its own. The scripts read
 * both when they are loaded, so whoever calls this imports them afterwards.
 *
 * @param {string} benchmark its name
 * @returns {Promise<string>} the folder
 */
export async function claimState(benchmark) {
  const state = await mkdtemp(path.join(os.tmpdir(), `${benchmark}-`));
  process.env.PORTAL_STATE = state;
  const { findFreePorts } = await import('../scripts/ports.mjs');
  Object.assign(process.env, await findFreePorts());
  return state;
}

/**
 * Runs a benchmark in its folder and ends everything that it started. The folder
 * goes, unless the benchmark fails: then its logs tell why.
 *
 * @param {string} state from {@link claimState}
 * @param {(toolchain: object, children: import('../scripts/children.mjs').Children) => Promise<void>} benchmark
 */
export async function runIn(state, benchmark) {
  const [{ withChildren }, { prepare }, { explain }] = await Promise.all([
    import('../scripts/interruption.mjs'),
    import('../scripts/preparation.mjs'),
    import('../scripts/problem.mjs'),
  ]);
  try {
    process.exitCode = await withChildren(async children => {
      await benchmark(await prepare(children), children);
      return 0;
    });
    await rm(state, { recursive: true, force: true });
  } catch (error) {
    console.error(explain(error));
    console.error(`The logs are in ${path.join(state, 'logs')}.`);
    process.exitCode = 1;
  }
}
