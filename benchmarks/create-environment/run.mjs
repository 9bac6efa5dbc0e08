import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { QUIET_BACKEND } from '../quietBackend.mjs';
import { publish } from '../results.mjs';
import {
  describeMeasurement,
  figuresOf,
  measure,
  SEED_CALLS_GOAL,
  tableOfMeasurements,
} from './measure.mjs';
import { PortalApi } from './portalApi.mjs';
import { readResources } from './project.mjs';
import { documentOf, quotaFor, SEED_SIZE } from './sizes.mjs';

const TOKEN = 'sandbox';

const { values } = parseArgs({
  options: {
    speed: { type: 'string', default: '1' },
    size: { type: 'string', default: SEED_SIZE },
  },
});
const speed = Number(values.speed);

// The scripts read the folder and the ports when they are loaded.
const state = await mkdtemp(path.join(os.tmpdir(), 'create-environment-'));
process.env.PORTAL_STATE = state;
const { findFreePort } = await import('../../scripts/ports.mjs');
for (const variable of [
  'PORTAL_PORT',
  'BACKEND_PORT',
  'SANDBOX_PORT',
  'SANDBOX_S3_PORT',
]) {
  process.env[variable] = String(await findFreePort());
}
const { withChildren } = await import('../../scripts/interruption.mjs');
const { prepare } = await import('../../scripts/preparation.mjs');
const { explain } = await import('../../scripts/problem.mjs');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal, startSandbox } = await import(
  '../../scripts/services.mjs'
);
const { readPorts, root } = await import('../../scripts/settings.mjs');

const sandbox = `http://127.0.0.1:${process.env.SANDBOX_PORT}`;

/** What the sandbox saw since a sequence number. */
async function readRecord(since) {
  const response = await fetch(`${sandbox}/control/record?since=${since}`);
  if (!response.ok) {
    throw new Error(`The sandbox answered ${response.status} for its record.`);
  }
  return response.json();
}

async function setUpCloud(quotas) {
  const response = await fetch(`${sandbox}/control/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ speed, quotas }),
  });
  if (!response.ok) {
    throw new Error(
      `The sandbox did not take the speed ${speed}: ${await response.text()}`,
    );
  }
}

async function readYaml(...names) {
  const { parse } = await import('yaml');
  return parse(await readFile(path.join(root, ...names), 'utf8'));
}

/** The configured projects, told that each may have as many servers as are wanted. */
async function connectionsFor({ servers }) {
  const { hetznerInfra } = await readYaml('app-config.yaml');
  return hetznerInfra.connections
    .filter(({ kind }) => kind === 'hetzner')
    .map(connection => ({
      ...connection,
      limits: { ...connection.limits, servers },
    }));
}

async function benchmark({ environment, env }, toolchain, children) {
  const setting = { children, toolchain, ports: readPorts() };
  const services = [
    startSandbox(setting),
    startPortal(setting, { withApp: false, env }),
  ];
  const failure = firstToEnd(services);
  const unlessOneEnds = work => Promise.race([work, failure]);

  await step('Start sandbox and backend', () =>
    unlessOneEnds(Promise.all(services.map(service => service.ready))),
  );
  const quotas = quotaFor(environment);
  await setUpCloud(quotas);
  const { name } = environment.metadata;
  const api = await PortalApi.signIn(
    `http://127.0.0.1:${process.env.BACKEND_PORT}`,
  );
  await step('Quote', async () => {
    await unlessOneEnds(api.untilKnown(environment.metadata.owner));
    await api.quote(environment);
  });

  const beforeCreate = await readRecord(0);
  const created = await step(`Create ${name}`, () =>
    unlessOneEnds(api.create(environment)),
  );
  const createRecord = await readRecord(beforeCreate.seq);
  const resources = await readResources(`${sandbox}/hetzner/v1`, TOKEN);

  const beforeRemove = await readRecord(createRecord.seq);
  const removed = await step(`Remove ${name}`, () =>
    unlessOneEnds(api.remove(name)),
  );
  const removeRecord = await readRecord(beforeRemove.seq);

  const its = {
    resources,
    callsGoal: values.size === SEED_SIZE ? SEED_CALLS_GOAL : undefined,
  };
  return {
    environment: name,
    size: values.size,
    servers: quotas.servers,
    speed,
    create: measure({ ...created, ...its, record: createRecord }),
    remove: measure({ ...removed, ...its, record: removeRecord }),
    records: { create: createRecord, remove: removeRecord },
  };
}

async function report({ create, remove, records, ...rest }) {
  console.log(`\n${tableOfMeasurements({ create, remove })}\n`);
  console.log(`${describeMeasurement('Create', create)}\n`);
  console.log(`${describeMeasurement('Remove', remove)}\n`);
  await publish(
    'create-environment',
    { ...rest, create: figuresOf(create), remove: figuresOf(remove) },
    { chains: { create, remove }, records },
  );
}

try {
  process.exitCode = await withChildren(async children => {
    const toolchain = await prepare(children);
    const environment = documentOf(
      await readYaml('examples', 'xpeditis-prod.yaml'),
      values.size,
    );
    const env = {
      ...QUIET_BACKEND,
      APP_CONFIG_hetznerInfra_connections: JSON.stringify(
        await connectionsFor(quotaFor(environment)),
      ),
    };
    await report(await benchmark({ environment, env }, toolchain, children));
    return 0;
  });
  await rm(state, { recursive: true, force: true });
} catch (error) {
  console.error(explain(error));
  console.error(`The logs are in ${path.join(state, 'logs')}.`);
  process.exitCode = 1;
}
