import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Problem } from '../problem.mjs';
import { interruption } from './interruption.mjs';

const packageOf = {
  tar: 'tar',
  pg_dump: 'postgresql-client',
  pg_restore: 'postgresql-client',
};

/**
 * Runs a program of this machine to its end.
 *
 * @param {keyof typeof packageOf} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} options
 * @throws {Problem} when it is missing, with what it said last, or when it was interrupted
 */
export async function runProgram(program, args, { env = {}, cwd } = {}) {
  interruption.throwIfAborted();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => child.kill();
  interruption.addEventListener('abort', end);
  const said = [];
  child.stderr.on('data', chunk => said.push(String(chunk)));
  let code;
  try {
    [code] = await once(child, 'close');
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
    throw new Problem(
      `${program} was not found. Install it (Debian and Ubuntu: apt-get install ${packageOf[program]}), in the version of the database server or a newer one, and start again.`,
    );
  } finally {
    interruption.removeEventListener('abort', end);
  }
  interruption.throwIfAborted();
  if (code !== 0) {
    const text = said.join('').trim().split('\n').slice(-5).join('\n');
    throw new Problem(`${program} failed. It said:\n${text}`);
  }
}
