import { parseArgs } from 'node:util';
import { tableOf } from '../../scripts/table.mjs';
import { claimState, runIn } from '../ownState.mjs';
import { QUIET_BACKEND } from '../quietBackend.mjs';
import { publish } from '../results.mjs';
import { seedState } from './seed.mjs';
import { HEADS, rowOf, summarize } from './timings.mjs';

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
const state = await claimState('environments-list');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal } = await import('../../scripts/services.mjs');
const { readPorts } = await import('../../scripts/settings.mjs');

const backend = `http://127.0.0.1:${process.env.BACKEND_PORT}`;

async function signIn() {
  const response = await fetch(`${backend}/api/auth/guest/refresh`);
  const { backstageIdentity } = await response.json();
  return { authorization: `Bearer ${backstageIdentity.token}` };
}

async function time(headers, target) {
  const startedAt = performance.now();
  const response = await fetch(`${backend}${target}`, { headers });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${target} answered ${response.status}: ${text}`);
  }
  return {
    milliseconds: performance.now() - startedAt,
    bytes: Buffer.byteLength(text),
    page: JSON.parse(text),
  };
}

async function measure(headers, { what, target, hasGoal }) {
  for (let i = 0; i < WARM_UP; i += 1) await time(headers, target);
  const all = [];
  for (let i = 0; i < repeat; i += 1) all.push(await time(headers, target));
  return summarize(
    what,
    all.map(({ milliseconds }) => milliseconds),
    all[0].bytes,
    hasGoal,
  );
}

async function benchmark(toolchain, children) {
  const portal = startPortal(
    { children, toolchain, ports: readPorts() },
    // Sweeps and the catalog would read all of them meanwhile.
    { withApp: false, env: QUIET_BACKEND },
  );
  const failure = firstToEnd([portal]);
  const unlessItEnds = work => Promise.race([work, failure]);
  await step('Start the backend', () => unlessItEnds(portal.ready));
  await step(
    `Write ${environments} environments with ${operations} operations each`,
    () => seedState(state, toolchain, children, { environments, operations }),
  );
  const headers = await signIn();
  const list = query => `/api/hetzner-infra/environments?${query}`;
  const { page } = await time(headers, list('limit=50'));
  const next = `cursor=${page.nextCursor}`;
  const owner = encodeURIComponent('group:default/backend');
  const kinds = [
    { what: 'first page of 50', target: list('limit=50') },
    { what: 'second page of 50', target: list(`limit=50&${next}`) },
    { what: '50 by age', target: list('limit=50&sort=-createdAt') },
    { what: '50 of one owner', target: list(`limit=50&owner=${owner}`) },
    { what: '50 that failed', target: list('limit=50&state=failed') },
    { what: 'search', target: list('limit=50&search=99') },
    {
      what: '500, as the list asks',
      target: list('limit=500'),
      hasGoal: false,
    },
    {
      what: 'stock: 50 entities of the catalog',
      target: '/api/catalog/entities/by-query?limit=50',
      hasGoal: false,
    },
  ];
  return step('Measure', async () => {
    const results = [];
    for (const kind of kinds) {
      results.push(await unlessItEnds(measure(headers, kind)));
    }
    return {
      environments,
      operations,
      results,
    };
  });
}

async function report(result) {
  console.log(`\n${tableOf([HEADS, ...result.results.map(rowOf)])}\n`);
  await publish('environments-list', result);
}

await runIn(state, async (toolchain, children) => {
  await report(await benchmark(toolchain, children));
});
