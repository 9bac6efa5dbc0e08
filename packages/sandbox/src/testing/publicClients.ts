import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
const clients = path.resolve(__dirname, '..', '..', 'clients');

/** Where packages of other languages are kept between runs, as scripts/settings.mjs has it. */
const cache = path.join(
  process.env.XPEDITIS_CACHE ||
    path.join(
      process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
      'xpeditis-portal',
    ),
  'public-clients',
);

const works = (command: string, args: string[], cwd = clients) =>
  spawnSync(command, args, { cwd, stdio: 'ignore' }).status === 0;

/** A client in another language: its name in a test, and how to run it if it can be had. */
export interface PublicClient {
  name: string;
  /** Undefined where its language or its packages are missing. */
  run?: (url: string, ...args: string[]) => Promise<string>;
}

const runner =
  (command: string, ...first: string[]) =>
  async (url: string, ...args: string[]) => {
    const { stdout } = await promisify(execFile)(command, [...first, ...args], {
      env: {
        PATH: process.env.PATH,
        HCLOUD_TOKEN: 'test',
        HCLOUD_ENDPOINT: `${url}/hetzner/v1`,
      },
    });
    return stdout.trim();
  };

/** The `hcloud` package from PyPI, at the versions of its requirements.txt. */
export function pythonClient(): PublicClient {
  const name = 'the unmodified hcloud package of Python';
  const folder = path.join(cache, 'hcloud-python-2.27.0');
  const python = path.join(folder, 'bin', 'python');
  const requirements = path.join(clients, 'python', 'requirements.txt');
  const install = ['-m', 'pip', 'install', '--quiet', '--require-hashes'];
  mkdirSync(cache, { recursive: true });
  const present =
    (existsSync(python) || works('python3', ['-m', 'venv', folder])) &&
    (works(python, ['-c', 'import hcloud']) ||
      works(python, [...install, '--requirement', requirements]));
  if (!present) {
    return { name: `${name} (skipped: needs Python 3 with venv, and PyPI)` };
  }
  const script = path.join(clients, 'python', 'environment.py');
  return { name, run: runner(python, script) };
}

/** A program of hcloud-go, built when its modules can be had. */
export function goClient(): PublicClient {
  const name = 'the unmodified hcloud-go';
  const source = path.join(clients, 'go');
  if (!works('go', ['mod', 'download'], source)) {
    return { name: `${name} (skipped: needs Go 1.25 and its module proxy)` };
  }
  mkdirSync(cache, { recursive: true });
  const program = path.join(cache, 'hcloud-go-environment');
  const built = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: source,
    encoding: 'utf8',
  });
  if (built.status !== 0) {
    throw new Error(`clients/go cannot be built: ${built.stderr}`);
  }
  return { name, run: runner(program) };
}
