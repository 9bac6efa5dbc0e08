import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describeMeasurement, measure } from './measure.mjs';
import { PortalApi } from './portalApi.mjs';
import { readResources } from './project.mjs';

const TOKEN = 'sandbox';

const { values } = parseArgs({
  options: { speed: { type: 'string', default: '1' } },
});
const speed = Number(values.speed);

// The scripts read the folder and the ports when they are loaded.
const state = await mkdtemp(path.join(os.tmpdir(), 'create-environment-'));
process.env.PORTAL_STATE = state;
const { findFreePort } = await import('../../scripts/ports.mjs');
for (const variable of ['PORTAL_PORT', 'BACKEND_PORT', 'SANDBOX_PORT']) {
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

async function setSpeed() {
  const response = await fetch(`${sandbox}/control/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ speed }),
  });
  if (!response.ok) {
    throw new Error(
      `The sandbox did not take the speed ${speed}: ${await response.text()}`,
    );
  }
}

async function readEnvironment() {
  const { parse } = await import('yaml');
  return parse(
    await readFile(path.join(root, 'examples', 'xpeditis-prod.yaml'), 'utf8'),
  );
}

async function benchmark(toolchain, children) {
  const setting = { children, toolchain, ports: readPorts() };
  const services = [
    startSandbox(setting),
    startPortal(setting, { withApp: false }),
  ];
  const failure = firstToEnd(services);
  const unlessOneEnds = work => Promise.race([work, failure]);

  await step('Start sandbox and backend', () =>
    unlessOneEnds(Promise.all(services.map(service => service.ready))),
  );
  await setSpeed();
  const environment = await readEnvironment();
  const { name } = environment.metadata;
  const api = await PortalApi.signIn(
    `http://127.0.0.1:${process.env.BACKEND_PORT}`,
  );
  await step('Quote', () => api.quote(environment));

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

  return {
    environment: name,
    speed,
    measuredAt: new Date().toISOString(),
    node: process.version,
    machine: `${os.cpus().length} × ${os.cpus()[0].model}`,
    create: measure({ ...created, record: createRecord, resources }),
    remove: measure({ ...removed, record: removeRecord, resources }),
    records: { create: createRecord, remove: removeRecord },
  };
}

async function report(result) {
  console.log(
    `\n${describeMeasurement('Create', result.create)}\n\n${describeMeasurement(
      'Remove',
      result.remove,
    )}\n`,
  );
  const folder = path.join(root, 'benchmarks', 'results');
  await mkdir(folder, { recursive: true });
  const file = path.join(
    folder,
    `create-environment-${result.measuredAt.replace(/[:.]/g, '-')}.json`,
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
