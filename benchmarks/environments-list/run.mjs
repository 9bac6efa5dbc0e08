import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { seed } from './seed.mjs';
import { describe, summarize } from './timings.mjs';

const { values } = parseArgs({
  options: {
    environments: { type: 'string', default: '1000' },
    operations: { type: 'string', default: '20' },
    repeat: { type: 'string', default: '100' },
  },
});
const environments = Number(values.environments);
const operations = Number(values.operations);
const repeat = Number(values.repeat);

/** Requests before the measurement: the first ones compile and connect. */
const WARM_UP = 20;

// The scripts read the folder and the ports when they are loaded.
const state = await mkdtemp(path.join(os.tmpdir(), 'environments-list-'));
process.env.PORTAL_STATE = state;
const { findFreePort } = await import('../../scripts/ports.mjs');
for (const variable of ['PORTAL_PORT', 'BACKEND_PORT', 'SANDBOX_PORT']) {
  process.env[variable] = String(await findFreePort());
}
// The catalog would read all of them meanwhile, which is not what is measured.
process.env.APP_CONFIG_catalog_providers_hetznerInfra_schedule = JSON.stringify(
  {
    frequency: { hours: 1 },
    timeout: { minutes: 1 },
    initialDelay: { hours: 1 },
  },
);
const { withChildren } = await import('../../scripts/interruption.mjs');
const { prepare } = await import('../../scripts/preparation.mjs');
const { explain } = await import('../../scripts/problem.mjs');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal } = await import('../../scripts/services.mjs');
const { readPorts, root } = await import('../../scripts/settings.mjs');

const backend = `http://127.0.0.1:${process.env.BACKEND_PORT}`;

async function signIn() {
  const response = await fetch(`${backend}/api/auth/guest/refresh`);
  const { backstageIdentity } = await response.json();
  return { authorization: `Bearer ${backstageIdentity.token}` };
}

async function time(headers, query) {
  const startedAt = performance.now();
  const response = await fetch(
    `${backend}/api/hetzner-infra/environments?${query}`,
    { headers },
  );
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${query} answered ${response.status}: ${text}`);
  }
  return {
    milliseconds: performance.now() - startedAt,
    bytes: Buffer.byteLength(text),
    page: JSON.parse(text),
  };
}

async function measure(headers, what, query) {
  for (let i = 0; i < WARM_UP; i += 1) await time(headers, query);
  const all = [];
  for (let i = 0; i < repeat; i += 1) all.push(await time(headers, query));
  return summarize(
    what,
    all.map(({ milliseconds }) => milliseconds),
    all[0].bytes,
  );
}

async function benchmark(toolchain, children) {
  const portal = startPortal(
    { children, toolchain, ports: readPorts() },
    { withApp: false },
  );
  const failure = firstToEnd([portal]);
  const unlessItEnds = work => Promise.race([work, failure]);
  await step('Start the backend', () => unlessItEnds(portal.ready));
  await step(
    `Write ${environments} environments with ${operations} operations each`,
    () =>
      seed(path.join(state, 'database', 'hetzner-infra.sqlite'), {
        environments,
        operations,
        now: Date.now(),
      }),
  );
  const headers = await signIn();
  const { page } = await time(headers, 'limit=100');
  const next = `cursor=${page.nextCursor}`;
  const kinds = [
    ['first page of 100', 'limit=100'],
    ['second page of 100', `limit=100&${next}`],
    ['page of 500, as the list asks', 'limit=500'],
    ['by age', 'limit=100&sort=-createdAt'],
    [
      'of one owner',
      `limit=100&owner=${encodeURIComponent('group:default/backend')}`,
    ],
    ['search', 'limit=100&search=99'],
  ];
  return step('Measure', async () => {
    const results = [];
    for (const [what, query] of kinds) {
      results.push(await unlessItEnds(measure(headers, what, query)));
    }
    return {
      measuredAt: new Date().toISOString(),
      node: process.version,
      machine: `${os.cpus().length} × ${os.cpus()[0].model}`,
      environments,
      operations,
      results,
    };
  });
}

async function report(result) {
  console.log(`\n${result.results.map(describe).join('\n')}\n`);
  const folder = path.join(root, 'benchmarks', 'results');
  await mkdir(folder, { recursive: true });
  const file = path.join(
    folder,
    `environments-list-${result.measuredAt.replace(/[:.]/g, '-')}.json`,
  );
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`Written to ${path.relative(root, file)}`);
}

try {
  process.exitCode = await withChildren(async children => {
    const toolchain = await prepare(children);
    await report(await benchmark(toolchain, children));
    return 0;
  });
  await rm(state, { recursive: true, force: true });
} catch (error) {
  console.error(explain(error));
  console.error(`The logs are in ${path.join(state, 'logs')}.`);
  process.exitCode = 1;
}
