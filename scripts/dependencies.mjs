import fs from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from './children.mjs';
import { contentHash } from './contentHash.mjs';
import { causeIn, Problem } from './problem.mjs';
import { shown } from './settings.mjs';
import {
  pinnedNode,
  pinnedYarn,
  readYarnNetworkSettings,
} from './toolchain.mjs';

const workspaceFolders = ['packages', 'plugins'];

async function manifests(root) {
  const found = ['package.json', 'yarn.lock', '.yarnrc.yml', '.yarn/patches'];
  for (const folder of workspaceFolders) {
    for (const name of await fs.readdir(path.join(root, folder))) {
      found.push(path.join(folder, name, 'package.json'));
    }
  }
  return found;
}

/**
 * Installs the packages that yarn.lock names, unless node_modules was
 * installed from just this lock file and these manifests.
 *
 * @param {import('./children.mjs').Children} children
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @param {string} root
 * @param {string} log file for Yarn's output
 * @param {(work: (note: (text: string) => void) => Promise<void>) => Promise<void>} report
 *   wraps the work when there is any
 * @throws {Problem}
 */
export async function ensureDependencies(
  children,
  toolchain,
  root,
  log,
  report,
) {
  const stamp = path.join(root, 'node_modules', '.portal-installed');
  const wanted = await contentHash(root, await manifests(root), {
    salt: `${pinnedNode.version} ${pinnedYarn.version} ${process.arch}`,
  });
  const present = await fs.readFile(stamp, 'utf8').catch(() => undefined);
  if (present === wanted) {
    return;
  }
  await report(async note => {
    const { code, output } = await runToEnd(children, {
      name: 'yarn install',
      command: toolchain.node,
      args: [toolchain.yarn, 'install', '--immutable'],
      cwd: root,
      env: {
        ...toolchain.env,
        ...(await readYarnNetworkSettings(toolchain.env)),
        NO_COLOR: '1',
      },
      log,
      onLine: line => {
        const phase = line.match(/┌ (\w+) step/)?.[1];
        if (phase) {
          note(phase.toLowerCase());
        }
      },
    });
    if (code !== 0) {
      throw new Problem(
        `The packages were not installed. ${
          causeIn(output) ??
          `The end of what Yarn said (all of it is in ${shown(log)}):\n${output
            .split('\n')
            .slice(-15)
            .join('\n')}`
        }`,
      );
    }
    await fs.writeFile(stamp, wanted);
  });
}
