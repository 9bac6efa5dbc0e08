import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Program } from './program';

/** Folder outside the checkout in which `npm start` keeps what every checkout of this account uses. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.XPEDITIS_CACHE
    ? path.resolve(env.XPEDITIS_CACHE)
    : path.join(
        env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache'),
        'xpeditis-portal',
      );
}

/**
 * Where a program is kept. The folder's name has a hash of all that it is made
 * from, so that another version never takes its place.
 */
export async function cachedProgram(
  program: Program,
  cache: string,
): Promise<string> {
  const { build } = program;
  const hash = createHash('sha256').update(
    JSON.stringify([build.package, build.linkerFlags, process.arch]),
  );
  for (const file of ['go.mod', 'go.sum']) {
    hash.update('\0').update(await readFile(path.join(build.modules, file)));
  }
  const key = hash.digest('hex').slice(0, 16);
  return path.join(
    cache,
    'programs',
    `${program.name}-${program.version}-${key}`,
    program.name,
  );
}
