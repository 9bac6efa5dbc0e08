import fs from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from './children.mjs';
import { contentHash } from './contentHash.mjs';
import { causeIn, Problem } from './problem.mjs';
import { shown } from './settings.mjs';

const bundlesKept = 5;
const rolesInTheBrowser = [
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
];

async function browserPackages(root) {
  const found = [];
  for (const name of await fs.readdir(path.join(root, 'plugins'))) {
    const folder = path.join('plugins', name);
    const manifest = await fs
      .readFile(path.join(root, folder, 'package.json'), 'utf8')
      .catch(() => undefined);
    if (
      manifest &&
      rolesInTheBrowser.includes(JSON.parse(manifest).backstage?.role)
    ) {
      found.push(folder);
    }
  }
  return found;
}

const isTest = file => /\.test\.[jt]sx?$|(^|\/)setupTests\./.test(file);

/**
 * Everything that decides what the built app contains. The configuration
 * decides which plugins are in it; its values reach the browser at run time.
 *
 * @param {string} root
 */
export async function frontendHash(root) {
  const sources = (await browserPackages(root)).flatMap(folder => [
    path.join(folder, 'package.json'),
    path.join(folder, 'config.d.ts'),
    path.join(folder, 'src'),
  ]);
  return contentHash(
    root,
    [
      'package.json',
      'yarn.lock',
      'app-config.yaml',
      'app-config.local.yaml',
      'packages/app/package.json',
      'packages/app/public',
      'packages/app/src',
      ...sources,
    ],
    { ignore: isTest },
  );
}

async function copyInto(from, to) {
  const draft = await fs.mkdtemp(`${to}.incoming-`);
  try {
    await fs.cp(from, draft, { recursive: true });
    await fs.rm(to, { recursive: true, force: true });
    await fs.rename(draft, to);
  } finally {
    await fs.rm(draft, { recursive: true, force: true });
  }
}

async function prune(store) {
  const bundles = await Promise.all(
    (
      await fs.readdir(store)
    ).map(async name => {
      const folder = path.join(store, name);
      return { folder, usedMs: (await fs.stat(folder)).mtimeMs };
    }),
  );
  const old = bundles.sort((a, b) => b.usedMs - a.usedMs).slice(bundlesKept);
  await Promise.all(
    old.map(({ folder }) => fs.rm(folder, { recursive: true, force: true })),
  );
}

/**
 * Puts the app, built from just these sources, into packages/app/dist: it is
 * there, or another checkout has built it, or it is built now.
 *
 * @param {import('./children.mjs').Children} children
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @param {string} root
 * @param {string} log file for the build's output
 * @param {(work: () => Promise<void>) => Promise<void>} report wraps the build when there is one
 * @throws {Problem}
 */
export async function ensureFrontend(children, toolchain, root, log, report) {
  const app = path.join(root, 'packages', 'app');
  const dist = path.join(app, 'dist');
  const stampIn = folder => path.join(folder, '.content-hash');
  const wanted = await frontendHash(root);
  const built = folder =>
    fs.readFile(stampIn(folder), 'utf8').then(
      hash => hash === wanted,
      () => false,
    );

  if (await built(dist)) {
    return;
  }
  const store = path.join(toolchain.cache, 'frontend');
  const cached = path.join(store, wanted);
  if (await built(cached)) {
    await copyInto(cached, dist);
    await fs.utimes(cached, new Date(), new Date());
    return;
  }
  await report(async () => {
    const { code, output } = await runToEnd(children, {
      name: 'the build of the app',
      command: toolchain.node,
      args: [toolchain.yarn, 'build'],
      cwd: app,
      env: { ...toolchain.env, NODE_ENV: 'production', NO_COLOR: '1' },
      log,
    });
    if (code !== 0) {
      throw new Problem(
        `The app was not built. ${
          causeIn(output) ??
          `The end of what the build said (all of it is in ${shown(
            log,
          )}):\n${output.split('\n').slice(-25).join('\n')}`
        }`,
      );
    }
    await fs.writeFile(stampIn(dist), wanted);
    await fs.mkdir(store, { recursive: true });
    await copyInto(dist, cached);
    await prune(store);
  });
}
