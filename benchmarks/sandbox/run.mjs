import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { claimState, runIn } from '../ownState.mjs';
import { publish } from '../results.mjs';
import { Api } from './api.mjs';
import { describeFigures, figuresOf } from './figures.mjs';
import { fillProject } from './project.mjs';

// The scripts read the folder and the ports when they are loaded.
const state = await claimState('sandbox-benchmark');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startSandbox } = await import('../../scripts/services.mjs');
const { readPorts } = await import('../../scripts/settings.mjs');

const SAMPLES = 300;
const LISTS = 50;
const READS = 4000;
const READERS = 8;

/** Highest resident memory of the sandbox, in bytes; its lock names the process. */
async function readMemory() {
  const lock = await readFile(
    path.join(state, 'sandbox', 'sandbox.lock'),
    'utf8',
  );
  const [pid] = lock.split(' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]) * 1024;
}

/** Milliseconds of requests that are sent one after another. */
async function timed(api, routeOf, bodyOf = () => undefined) {
  const durations = [];
  for (let index = 0; index < SAMPLES; index += 1) {
    const { milliseconds } = await api.send(routeOf(index), bodyOf(index));
    durations.push(milliseconds);
  }
  return durations;
}

/** Milliseconds of reading all servers, page after page. */
async function timedLists(api) {
  const durations = [];
  for (let index = 0; index < LISTS; index += 1) {
    let milliseconds = 0;
    for (let page = 1; page; ) {
      const read = await api.send(
        `GET /hetzner/v1/servers?per_page=50&page=${page}`,
      );
      milliseconds += read.milliseconds;
      page = read.body.meta.pagination.next_page;
    }
    durations.push(milliseconds);
  }
  return durations;
}

async function readAtOnce(api, servers) {
  const startedAt = performance.now();
  let next = 0;
  const read = async () => {
    while (next < READS) {
      next += 1;
      const id = servers[next % servers.length];
      await api.send(`GET /hetzner/v1/servers/${id}`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, read));
  return { requests: READS, seconds: (performance.now() - startedAt) / 1000 };
}

async function measure(api) {
  const { servers, durations: creations } = await step(
    'Create 500 servers',
    () => fillProject(api),
  );
  const some = index => servers[(index * 37) % servers.length];
  const page = index => (index % 10) + 1;
  const durations = await step('Send requests one after another', async () => ({
    'create a server': creations,
    'read a server': await timed(
      api,
      index => `GET /hetzner/v1/servers/${some(index)}`,
    ),
    'page of 50 servers': await timed(
      api,
      index => `GET /hetzner/v1/servers?per_page=50&page=${page(index)}`,
    ),
    'page of 25 by label': await timed(
      api,
      index =>
        `GET /hetzner/v1/servers?label_selector=pool%3Dpool-${
          index % 5
        }&sort=name:desc`,
    ),
    'all servers in ten pages': await timedLists(api),
    'page of load balancers': await timed(
      api,
      () => 'GET /hetzner/v1/load_balancers?per_page=50',
    ),
    'change labels': await timed(
      api,
      index => `PUT /hetzner/v1/servers/${some(index)}`,
      index => ({ labels: { role: 'node', turn: String(index) } }),
    ),
  }));
  const reads = await step('Read servers, eight at once', () =>
    readAtOnce(api, servers),
  );
  const snapshot = await step('Take and restore a snapshot', async () => {
    const taken = await api.send('POST /control/snapshots', {});
    const restored = await api.send(
      `POST /control/snapshots/${taken.body.id}/restore`,
      {},
    );
    return [taken.milliseconds, restored.milliseconds];
  });
  return {
    durations: { ...durations, 'take or restore all of it': snapshot },
    reads,
    memoryBytes: await readMemory(),
  };
}

async function report(figures) {
  console.log(`\n${describeFigures(figures)}\n`);
  await publish('sandbox', figures);
}

await runIn(state, async (toolchain, children) => {
  const service = startSandbox({ children, toolchain, ports: readPorts() });
  const failure = firstToEnd([service]);
  await Promise.race([service.ready, failure]);
  const api = new Api(`http://127.0.0.1:${process.env.SANDBOX_PORT}`);
  await report(figuresOf(await Promise.race([measure(api), failure])));
  api.close();
});
