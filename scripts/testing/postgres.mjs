import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runToEnd } from '../children.mjs';
import { findFreePort } from '../ports.mjs';
import { Problem } from '../problem.mjs';

const exec = promisify(execFile);
const readySeconds = 30;

/** PostgreSQL refuses to run as root, so root lends it an account without rights. */
async function account() {
  if (process.getuid() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([
      exec('id', ['-u', name]),
      exec('id', ['-g', name]),
    ]).catch(() => undefined);
    if (ids) {
      const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
      return { uid, gid };
    }
  }
  throw new Problem(
    'PostgreSQL does not run as root, and neither an account `postgres` nor `nobody` exists. Run the tests as another user.',
  );
}

/**
 * Starts a PostgreSQL of its own for one test run: a fresh cluster in a
 * temporary folder, on loopback, without any care for durability.
 *
 * @param {import('../children.mjs').Children} children
 * @param {string} bin folder of initdb and postgres
 * @param {NodeJS.ProcessEnv} env
 * @param {string} log file for the server's output
 * @returns {Promise<{ connectionString: string, stop: () => Promise<void> }>}
 * @throws {Problem}
 */
export async function startPostgres(children, bin, env, log) {
  const ids = await account();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-postgres-'));
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  const password = randomBytes(18).toString('base64url');
  await fs.writeFile(passwordFile, password, { mode: 0o600 });
  if (ids.uid !== undefined) {
    await fs.chown(passwordFile, ids.uid, ids.gid);
    await fs.chown(folder, ids.uid, ids.gid);
  }
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  const common = { cwd: folder, env: { ...env, LC_ALL: 'C' }, ...ids, log };

  const initialised = await runToEnd(children, {
    ...common,
    name: 'initdb',
    command: path.join(bin, 'initdb'),
    args: [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-sync',
    ],
  });
  if (initialised.code !== 0) {
    await remove();
    throw new Problem(
      `PostgreSQL for the tests was not set up:\n${initialised.output}`,
    );
  }
  const port = await findFreePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=300',
  ];
  const server = children.start({
    ...common,
    name: 'postgres',
    command: path.join(bin, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      ...settings.flatMap(setting => ['-c', setting]),
    ],
  });
  const stop = async () => {
    await server.stop();
    await remove();
  };
  const deadline = Date.now() + readySeconds * 1000;
  const answers = () =>
    exec(path.join(bin, 'pg_isready'), [
      '--host=127.0.0.1',
      `--port=${port}`,
    ]).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (Date.now() > deadline || server.hasEnded) {
      await stop();
      throw new Problem(
        `PostgreSQL for the tests did not come up:\n${server
          .lastLines(15)
          .join('\n')}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}`,
    stop,
  };
}
