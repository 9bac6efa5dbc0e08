import { rm } from 'node:fs/promises';
import path from 'node:path';
import { seedState } from '../environments-list/seed.mjs';
import { percentile } from '../environments-list/timings.mjs';
import { claimState, runIn } from '../ownState.mjs';
import { QUIET_BACKEND } from '../quietBackend.mjs';
import { publish } from '../results.mjs';
import { GOAL_MILLISECONDS, timeList } from './list.mjs';
import { added, scriptsOf, total } from './size.mjs';

const ENVIRONMENTS = 1_000;
const REPEAT = 10;

// The scripts read the folder and the ports when they are loaded.
const state = await claimState('pages');
const { runToEnd } = await import('../../scripts/children.mjs');
const { ensureFrontend } = await import('../../scripts/frontend.mjs');
const { logOf } = await import('../../scripts/preparation.mjs');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal } = await import('../../scripts/services.mjs');
const { readPorts, root } = await import('../../scripts/settings.mjs');
const { ensureTools } = await import('../../scripts/testing/tools.mjs');

const app = path.join(root, 'packages', 'app');
const dist = path.join(app, 'dist');

/** The same app without the plugin. The portal's next start puts the whole one back. */
async function buildStock(children, toolchain) {
  try {
    await runToEnd(children, {
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
    return await scriptsOf(path.join(dist, 'static'));
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

async function measureList(children, toolchain, chromium) {
  const ports = readPorts();
  const portal = startPortal(
    { children, toolchain, ports },
    // Sweeps and the catalog would read all of them meanwhile.
    { env: QUIET_BACKEND },
  );
  await Promise.race([portal.ready, firstToEnd([portal])]);
  await seedState(state, toolchain, children, {
    environments: ENVIRONMENTS,
    operations: 3,
  });
  const milliseconds = await timeList(
    `http://localhost:${process.env.PORTAL_PORT}`,
    { executablePath: chromium, repeat: REPEAT, wanted: 'team-0777' },
  );
  const p95 = percentile(milliseconds, 0.95);
  return {
    environments: ENVIRONMENTS,
    p50: percentile(milliseconds, 0.5),
    p95,
    goal: { p95: GOAL_MILLISECONDS, met: p95 <= GOAL_MILLISECONDS },
  };
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
  await ensureFrontend(children, toolchain, root, logOf('frontend'), work =>
    step('Build the app', work),
  );
  const whole = await scriptsOf(path.join(dist, 'static'));
  let list;
  await step(`Open the list of ${ENVIRONMENTS} environments`, async () => {
    list = await measureList(children, toolchain, found.chromium);
  });
  let stock;
  await step('Build the app without hetzner-infra', async () => {
    stock = await buildStock(children, toolchain);
  });
  return {
    list,
    scripts: {
      stock: total(stock),
      whole: total(whole),
      added: added(stock, whole),
    },
  };
}

const verdict = ({ met }) => (met ? 'goal met' : 'goal missed');

await runIn(state, async (toolchain, children) => {
  const result = await benchmark(toolchain, children);
  const { list, scripts } = result;
  console.log(
    [
      `${
        list.environments
      } environments, from data to use: p50 ${list.p50.toFixed(
        0,
      )} ms, p95 ${list.p95.toFixed(0)} ms, ${verdict(list.goal)}`,
      `compressed JavaScript of all pages: ${(
        scripts.added.bytes / 1000
      ).toFixed(1)} kB more than the ${(scripts.stock / 1000).toFixed(
        1,
      )} kB without, ${verdict(scripts.added.goal)}`,
    ].join('\n'),
  );
  await publish('pages', result);
});
