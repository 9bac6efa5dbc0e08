import { parseArgs } from 'node:util';
import { readExample, setUpCloud, withLimits } from '../cloud.mjs';
import { claimState, runIn } from '../ownState.mjs';
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
const state = await claimState('create-environment');
const { step } = await import('../../scripts/progress.mjs');
const { firstToEnd, startPortal, startSandbox } = await import(
  '../../scripts/services.mjs'
);
const { readPorts } = await import('../../scripts/settings.mjs');

const sandbox = `http://127.0.0.1:${process.env.SANDBOX_PORT}`;

/** What the sandbox saw since a sequence number. */
async function readRecord(since) {
  const response = await fetch(`${sandbox}/control/record?since=${since}`);
  if (!response.ok) {
    throw new Error(`The sandbox answered ${response.status} for its record.`);
  }
  return response.json();
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
  await setUpCloud(sandbox, { speed, quotas });
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

await runIn(state, async (toolchain, children) => {
  const environment = documentOf(await readExample(), values.size);
  const env = {
    ...QUIET_BACKEND,
    ...(await withLimits({ servers: quotaFor(environment).servers })),
  };
  await report(await benchmark({ environment, env }, toolchain, children));
});
