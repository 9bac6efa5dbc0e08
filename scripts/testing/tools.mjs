import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { runToEnd } from '../children.mjs';
import { root } from '../settings.mjs';

const exec = promisify(execFile);
const oldestPostgres = 15;

function inPath(names, env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) {
        return file;
      }
    }
  }
  return undefined;
}

/** The folder with initdb and postgres of the newest server that is new enough. */
async function findPostgres(env) {
  const folders = [];
  const versions = '/usr/lib/postgresql'; // where Debian and Ubuntu put servers, outside the PATH
  if (fs.existsSync(versions)) {
    folders.push(
      ...fs
        .readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map(version => path.join(versions, version, 'bin')),
    );
  }
  const other = inPath(['initdb'], env);
  if (other) {
    folders.push(path.dirname(other));
  }
  for (const folder of folders) {
    const answer = await exec(path.join(folder, 'postgres'), [
      '--version',
    ]).catch(() => undefined);
    const major = Number(answer?.stdout.match(/(\d+)/)?.[1]);
    if (major >= oldestPostgres && fs.existsSync(path.join(folder, 'initdb'))) {
      return folder;
    }
  }
  return undefined;
}

/** Only its command is wanted: at the next start it would configure this machine anew. */
async function keepCloudInitOff() {
  await fs.promises.mkdir('/etc/cloud', { recursive: true });
  await fs.promises.writeFile('/etc/cloud/cloud-init.disabled', '');
}

/** Programs that tests drive and that the npm registry does not have. */
const tools = [
  {
    key: 'chromium',
    title: 'Chromium',
    package: 'chromium',
    stages: ['browser'],
    find: async env =>
      env.CHROMIUM_PATH ??
      inPath(['chromium', 'chromium-browser', 'google-chrome'], env),
    elsewhere: 'or set CHROMIUM_PATH to a Chromium or Chrome',
  },
  {
    key: 'postgres',
    title: `PostgreSQL ${oldestPostgres} or newer (server)`,
    package: 'postgresql',
    stages: ['unit'],
    find: async env =>
      env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
        ? 'configured'
        : findPostgres(env),
    elsewhere:
      'or set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING to a server whose role may create databases',
  },
  {
    key: 'java',
    title: 'Java, which the generator of the API client is written in',
    package: 'default-jre-headless',
    stages: ['generated'],
    find: async env => inPath(['java'], env),
    elsewhere: 'or put a java of your own on the PATH',
  },
  {
    key: 'hcloud',
    title: 'hcloud, the command line of Hetzner Cloud',
    package: 'hcloud-cli',
    stages: ['unit'],
    find: async env => inPath(['hcloud'], env),
    elsewhere: 'or put an hcloud of your own on the PATH',
  },
  {
    key: 'shellcheck',
    title: 'ShellCheck, which reads the boot script of servers',
    package: 'shellcheck',
    stages: ['unit'],
    find: async env => inPath(['shellcheck'], env),
    elsewhere: 'or put a shellcheck of your own on the PATH',
  },
  {
    key: 'cloudInit',
    title: 'cloud-init, which reads the user data of servers',
    package: 'cloud-init',
    stages: ['unit'],
    find: async env => inPath(['cloud-init'], env),
    elsewhere: 'or put a cloud-init of your own on the PATH',
    before: keepCloudInitOff,
  },
];

async function look(wanted, env) {
  const found = {};
  const missing = [];
  for (const tool of wanted) {
    const place = await tool.find(env);
    if (place) {
      found[tool.key] = place;
    } else {
      missing.push(tool);
    }
  }
  return { found, missing };
}

/**
 * Finds what the chosen stages drive. What is missing is installed when this
 * is root on Debian or Ubuntu, and named with its remedy otherwise.
 *
 * @param {import('../children.mjs').Children} children
 * @param {string[]} stages names of the chosen stages
 * @param {NodeJS.ProcessEnv} env
 * @param {string} log file for apt's output
 * @param {(title: string, work: () => Promise<void>) => Promise<void>} report wraps an installation
 * @returns {Promise<{ found: { chromium?: string, postgres?: string, hcloud?: string, shellcheck?: string, cloudInit?: string }, problems: string[] }>}
 */
export async function ensureTools(children, stages, env, log, report) {
  const wanted = tools.filter(tool =>
    tool.stages.some(stage => stages.includes(stage)),
  );
  let { found, missing } = await look(wanted, env);
  const apt = inPath(['apt-get'], env);
  if (missing.length > 0 && apt && process.getuid?.() === 0) {
    const packages = missing.map(tool => tool.package);
    await report(`Install ${packages.join(', ')} with apt`, async () => {
      for (const { before } of missing) await before?.();
      for (const args of [
        ['update'],
        ['install', '--yes', '--no-install-recommends', ...packages],
      ]) {
        await runToEnd(children, {
          name: 'apt-get',
          command: apt,
          args,
          cwd: root,
          env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
          log,
        });
      }
    });
    ({ found, missing } = await look(wanted, env));
  }
  return {
    found,
    problems: missing.map(
      tool =>
        `${tool.title} is missing: \`sudo apt-get install ${tool.package}\`, ${tool.elsewhere}.`,
    ),
  };
}
