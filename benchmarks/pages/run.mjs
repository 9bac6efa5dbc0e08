import { rm } from 'node:fs/promises';
import path from 'node:path';
import { seedState } from '../environments-list/seed.mjs';
import { percentile } from '../environments-list/timings.mjs';
import { claimState, runIn } from '../ownState.mjs';
import { QUIET_BACKEND } from '../quietBackend.mjs';
import { publish } from '../results.mjs';
import { firstLoads, PAGES, STOCK_HOME, STOCK_SHELL } from './firstLoad.mjs';
import { GOAL_MILLISECONDS, timeList } from './list.mjs';
import { added, scriptsOf } from './size.mjs';

const ENVIRONMENTS = 1_000;
const REPEAT = 10;
const WANTED = 'team-0777';

// The scripts read the folder and the ports when they are loaded.
const state = await claimState('pages');
const { runToEnd } = await import('../../scripts/children.mjs');
const { ensureFrontend } = await import('../../scripts/frontend.mjs');
const { logOf } = await import('../../scripts/preparation.mjs');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal, startSandbox } = await import(
  '../../scripts/services.mjs'
);
const { readPorts, root } = await import('../../scripts/settings.mjs');
const { ensureTools } = await import('../../scripts/testing/tools.mjs');

const app = path.join(root, 'packages', 'app');
const dist = path.join(app, 'dist');

/** The same app without the plugin. The portal's next start puts the whole one back. */
async function buildStock(children, toolchain) {
  const { code, output } = await runToEnd(children, {
    name: 'the build of the stock app',
    command: toolchain.node,
    args: [toolchain.yarn, 'build'],
    cwd: app,
    env: {
      ...toolchain.env,
      NODE_ENV: 'production',
      APP_CONFIG_app_packages: JSON.stringify({
        exclude: ['@xpeditis/backstage-plugin-hetzner-infra'],
      }),
    },
    log: logOf('stock'),
  });
  if (code !== 0) throw new Error(`The stock app was not built: ${output}`);
}

/** Starts a portal with the app that is built, and ends it after use. */
async function withPortal(children, toolchain, use) {
  const setting = { children, toolchain, ports: readPorts() };
  // Sweeps and the catalog would read all environments meanwhile.
  const portal = startPortal(setting, { env: QUIET_BACKEND });
  await Promise.race([portal.ready, firstToEnd([portal])]);
  try {
    return await use(`http://localhost:${process.env.PORTAL_PORT}`);
  } finally {
    await portal.child.stop();
  }
}

async function measureList(portal, executablePath) {
  const milliseconds = await timeList(portal, {
    executablePath,
    repeat: REPEAT,
    wanted: WANTED,
  });
  const p95 = percentile(milliseconds, 0.95);
  return {
    environments: ENVIRONMENTS,
    p50: percentile(milliseconds, 0.5),
    p95,
    goal: { p95: GOAL_MILLISECONDS, met: p95 <= GOAL_MILLISECONDS },
  };
}

async function measureFirstLoads(portal, executablePath, paths) {
  const scripts = await scriptsOf(path.join(dist, 'static'));
  return firstLoads(portal, {
    executablePath,
    paths,
    scripts,
  });
}

async function benchmark(toolchain, children) {
  const { found, problems } = await ensureTools(
    children,
    ['browser'],
    toolchain.env,
    logOf('apt'),
    step,
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { chromium } = found;
  await ensureFrontend(children, toolchain, root, logOf('frontend'), work =>
    step('Build the app', work),
  );
  const sandbox = startSandbox({ children, toolchain, ports: readPorts() });
  await Promise.race([sandbox.ready, firstToEnd([sandbox])]);
  let list;
  let whole;
  await step(`Open the pages, with ${ENVIRONMENTS} environments`, () =>
    withPortal(children, toolchain, async portal => {
      await seedState(state, toolchain, children, {
        environments: ENVIRONMENTS,
        operations: 3,
      });
      list = await measureList(portal, chromium);
      whole = await measureFirstLoads(
        portal,
        chromium,
        PAGES.map(page => page.path),
      );
    }),
  );
  let stock;
  try {
    await step('Build the app without hetzner-infra', () =>
      buildStock(children, toolchain),
    );
    await step('Open the pages of the stock app', () =>
      withPortal(children, toolchain, async portal => {
        stock = await measureFirstLoads(portal, chromium, [
          STOCK_SHELL,
          STOCK_HOME,
        ]);
      }),
    );
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
  return {
    list,
    stock: { shell: stock.get(STOCK_SHELL), home: stock.get(STOCK_HOME) },
    added: added(PAGES, stock.get(STOCK_SHELL), whole),
  };
}

const verdict = ({ met }) => (met ? 'goal met' : 'goal missed');

await runIn(state, async (toolchain, children) => {
  const result = await benchmark(toolchain, children);
  const { list } = result;
  console.log(
    `${
      list.environments
    } environments, from data to use: p50 ${list.p50.toFixed(
      0,
    )} ms, p95 ${list.p95.toFixed(0)} ms, ${verdict(list.goal)}`,
  );
  const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(
    `compressed JavaScript of a first load, beyond the ${kilobytes(
      result.stock.shell,
    )} that a stock app takes for any page:`,
  );
  for (const { page, bytes, met } of result.added) {
    console.log(`  ${page}: ${kilobytes(bytes)}, ${verdict({ met })}`);
  }
  console.log(
    `  the stock app's own home: ${kilobytes(
      result.stock.home - result.stock.shell,
    )}`,
  );
  await publish('pages', result);
});
