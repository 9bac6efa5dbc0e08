import path from 'node:path';
import { parseArgs } from 'node:util';
import { readExample, setUpCloud, withLimits } from '../cloud.mjs';
import { PortalApi } from '../create-environment/portalApi.mjs';
import { quotaFor } from '../create-environment/sizes.mjs';
import { claimState, runIn } from '../ownState.mjs';
import { QUIET_BACKEND } from '../quietBackend.mjs';
import { publish } from '../results.mjs';
import { costOf, tableOfUsage } from './figures.mjs';

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '20' },
    speed: { type: 'string', default: '1' },
    // Both backends warm up and rest before anything is measured.
    rest: { type: 'string', default: '20' },
  },
});
const operations = Number(values.operations);
const speed = Number(values.speed);
const restMs = Number(values.rest) * 1000;

// The scripts read the folder and the ports when they are loaded.
const state = await claimState('operations');
const { findFreePort } = await import('../../scripts/ports.mjs');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal, startSandbox } = await import(
  '../../scripts/services.mjs'
);
const { readPorts, root } = await import('../../scripts/settings.mjs');

const sandbox = `http://127.0.0.1:${process.env.SANDBOX_PORT}`;
const probe = path.join(root, 'benchmarks', 'operations', 'probe.cjs');
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** The example as often as there are operations, each with a name of its own. */
function documentsOf(example) {
  return Array.from({ length: operations }, (_, index) => ({
    ...example,
    metadata: { ...example.metadata, name: `bench-${index + 1}` },
  }));
}

/** What all of them together need of one project. */
function quotasOf(documents) {
  const each = quotaFor(documents[0]);
  const count = documents.length;
  return {
    servers: each.servers * count,
    primaryIps: each.primaryIps * count,
    networks: count,
    loadBalancers: count,
    firewalls: 2 * count,
    placementGroups: 2 * count,
    certificates: count,
    sshKeys: count,
  };
}

/** A backend with a probe in it. */
async function startBackend(setting, name, env) {
  const probePort = String(await findFreePort());
  const service = startPortal(setting, {
    withApp: false,
    name,
    env: {
      ...QUIET_BACKEND,
      ...env,
      NODE_OPTIONS: `--require ${probe}`,
      PROBE_PORT: probePort,
    },
  });
  return {
    service,
    async usage() {
      const response = await fetch(`http://127.0.0.1:${probePort}/`);
      return response.json();
    },
  };
}

/** What both backends use while something is done. */
async function during(backends, work) {
  const read = async () => {
    const [busy, idle] = await Promise.all(
      backends.map(backend => backend.usage()),
    );
    return { busy, idle };
  };
  await read();
  await work();
  return read();
}

async function benchmark(toolchain, children) {
  const documents = documentsOf(await readExample());
  const quotas = quotasOf(documents);
  const { servers, loadBalancers, networks } = quotas;
  const connections = await withLimits({ servers, loadBalancers, networks });
  const setting = { children, toolchain, ports: readPorts() };
  const cloud = startSandbox(setting);
  const busy = await startBackend(setting, 'portal', connections);
  const idlePorts = await Promise.all(
    setting.ports.map(async port =>
      port.service === 'sandbox'
        ? port
        : { ...port, port: await findFreePort() },
    ),
  );
  const idle = await startBackend(
    { ...setting, ports: idlePorts },
    'idle-portal',
    {
      ...connections,
      ...Object.fromEntries(
        idlePorts.map(({ variable, port }) => [variable, String(port)]),
      ),
      PORTAL_STATE: path.join(state, 'idle'),
    },
  );
  const services = [cloud, busy.service, idle.service];
  const failure = firstToEnd(services);
  const unlessOneEnds = work => Promise.race([work, failure]);
  const backends = [busy, idle];

  await step('Start sandbox and two backends', () =>
    unlessOneEnds(Promise.all(services.map(service => service.ready))),
  );
  await setUpCloud(sandbox, { speed, quotas });
  const api = await PortalApi.signIn(
    `http://127.0.0.1:${process.env.BACKEND_PORT}`,
  );
  await step('Let them come to rest', () =>
    unlessOneEnds(
      Promise.all([api.untilKnown(documents[0].metadata.owner), pause(restMs)]),
    ),
  );
  const measured = (title, work) =>
    step(title, () => unlessOneEnds(during(backends, work)));
  return {
    rest: await measured('Rest', () => pause(restMs)),
    create: await measured(`Create ${operations} environments at once`, () =>
      Promise.all(documents.map(document => api.create(document))),
    ),
    remove: await measured(`Remove ${operations} environments at once`, () =>
      Promise.all(documents.map(({ metadata }) => api.remove(metadata.name))),
    ),
  };
}

async function report(phases) {
  console.log(`\n${tableOfUsage(phases)}\n`);
  await publish('operations', {
    operations,
    speed,
    phases,
    cost: {
      create: costOf(phases.create, operations),
      remove: costOf(phases.remove, operations),
    },
  });
}

await runIn(state, async (toolchain, children) => {
  await report(await benchmark(toolchain, children));
});
