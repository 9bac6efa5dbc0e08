import { mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { lockFile } from '../processLock';
import { buildProgram } from './build';
import { cachedProgram, cacheFolder } from './cache';
import type { Program } from './program';
import { fetchRelease } from './release';
import { run } from './run';

/** Thrown when a program cannot be had; the message says what was tried. */
export class ProgramMissingError extends Error {}

/** How a program is looked for. */
export interface Search {
  env: NodeJS.ProcessEnv;
  /** Told what takes time and what was passed over, in sentences. */
  report: (sentence: string) => void;
  signal?: AbortSignal;
  fetch?: typeof fetch;
}

/**
 * Finds a program of the pinned version: in the folder that `KUBEBUILDER_ASSETS`
 * names (the conventional variable for such programs), in the cache, as the
 * official release, by a build. What is fetched or built goes into the cache; a
 * wrong version is passed over with a word.
 *
 * @returns its path
 * @throws ProgramMissingError
 */
export async function findProgram(
  program: Program,
  search: Search,
): Promise<string> {
  const { env, report, signal } = search;
  const named = env.KUBEBUILDER_ASSETS;
  if (named) {
    const found = path.join(named, program.name);
    const problem = await problemOf(program, found, signal);
    if (!problem) return found;
    report(`${found} is passed over: ${problem}.`);
  }
  const cache = cacheFolder(env);
  const cached = await cachedProgram(program, cache);
  if (!(await problemOf(program, cached, signal))) return cached;

  const unlock = await bringing(path.join(cache, 'programs'), search);
  try {
    // Whoever had the lock may have brought it.
    if (!(await problemOf(program, cached, signal))) return cached;
    const attempts = [
      ['official release', fetchRelease],
      ['build', buildProgram],
    ] as const;
    const tried: string[] = [];
    for (const [what, attempt] of attempts) {
      if (signal?.aborted) break;
      const problem = await bring(program, cached, search, folder =>
        attempt(program, { ...search, cache, folder }),
      );
      if (!problem) return cached;
      tried.push(`the ${what}: ${problem}`);
    }
    throw new ProgramMissingError(
      `${program.name} ${
        program.version
      } is not to be had here. Tried ${tried.join('; ')}.`,
    );
  } finally {
    unlock();
  }
}

const POLL_MS = 200;

/**
 * Waits for the turn to bring programs into a cache. One at a time does it: a
 * build takes every core for minutes, and two would do the same work.
 *
 * @returns what ends the turn
 */
async function bringing(
  folder: string,
  { report, signal }: Search,
): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(await realpath(folder), 'bringing.lock');
  for (let told = false; ; told = true) {
    const lock = lockFile(file);
    if ('unlock' in lock) return lock.unlock;
    if (signal?.aborted) return () => {};
    if (!told && lock.holder !== process.pid) {
      report(
        `Waiting for process ${lock.holder}, which brings programs into the same cache.`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Makes a program in a folder of its own and moves it to its place when it is
 * whole.
 *
 * @returns what went wrong
 */
async function bring(
  program: Program,
  destination: string,
  { signal }: Search,
  make: (folder: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const home = path.dirname(destination);
  await mkdir(path.dirname(home), { recursive: true });
  const folder = await mkdtemp(`${home}.incoming-`);
  try {
    const made = path.join(folder, program.name);
    const problem =
      (await make(folder)) ?? (await problemOf(program, made, signal));
    if (problem) return problem;
    await mkdir(home, { recursive: true });
    await rename(made, destination);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Why a file is not the program; undefined when it is. */
async function problemOf(
  program: Program,
  file: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { code, output } = await run(file, program.versionArguments, {
    signal,
  });
  if (code === null) return `it does not run (${output})`;
  // A longer version number begins with a shorter one.
  const words = output.split(/[\s,]+/).map(word => word.replace(/^v/, ''));
  return words.includes(program.version)
    ? undefined
    : `it is not version ${program.version} (it says "${
        output.split('\n')[0]
      }")`;
}
