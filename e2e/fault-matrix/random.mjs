import { judge } from './judge.mjs';
import { nothingStands, operations } from './operations.mjs';

/** The share of calls that are hit. */
const RATE = 0.05;

/** How often a person tries something that failed again. */
const ASKED_AT_MOST = 8;

/** Kinds of faults and the code that the engine has to name; the others have the code that they are named after. */
const CODES = {
  gateway_page: 'bad_gateway',
  drop: 'connection_lost',
  'action-error': 'action_failed',
};

const codeOf = kind => {
  const name = kind.replace(/-(before|after)$/, '');
  return CODES[name] ?? name;
};

/**
 * Whether an error tells what happened: its code is that of a fault that was
 * there, and its correlation id that of a call which met one.
 */
export function isTruthful(error, requests) {
  const met = requests.filter(({ faults }) => faults.length > 0);
  const codes = met.flatMap(({ faults }) =>
    faults.map(({ effect }) => codeOf(effect)),
  );
  const ids = met.map(({ correlationId }) => correlationId);
  return (
    codes.includes(error?.code) &&
    (error.correlationId === undefined || ids.includes(error.correlationId))
  );
}

const recordOf = async ({ sandbox, project }) =>
  (await sandbox.control('GET', `/record?project=${project}`)).requests;

/**
 * Asks for an operation until it succeeds, as a person would. A failure is
 * right when it names a fault that was there, and when a create left nothing.
 */
async function reach(run, name, plan) {
  const { world } = run;
  const { ask, expected } = operations[name];
  const flaws = [];
  let operation = await ask(run);
  for (let asked = 1; ; asked++) {
    const ended = await run.ended(operation.id);
    const record = await recordOf(world);
    const isReached = ended.state === 'succeeded';
    if (isReached || name === 'create') {
      const wanted = isReached ? expected(operation) : nothingStands;
      const result = await run.result(operation);
      flaws.push(...judge(result, world.foreign, wanted));
      await world.sandbox.control('PUT', '/fault-plans', [plan]);
    }
    if (isReached) return flaws;
    if (!isTruthful(ended.error, record)) {
      flaws.push({
        flaw: 'wrong',
        words: `The ${name} ${ended.state} and blames what was not there: ${ended.error?.message}`,
      });
    }
    if (asked === ASKED_AT_MOST) {
      return [
        ...flaws,
        {
          flaw: 'wrong',
          words: `The ${name} failed ${asked} times: ${ended.error?.message}`,
        },
      ];
    }
    operation = name === 'create' ? await ask(run) : await run.retry(operation);
  }
}

/**
 * One seed: create, change and remove while calls are hit by faults of all kinds.
 *
 * @param {import('./World.mjs').World} world
 * @param {{ seed: number, only?: string[] }} wish `only` are kinds of faults of the sandbox
 * @returns {Promise<Record<string, { flaw: string, words: string }[]>>} by operation
 */
export async function randomRun(world, { seed, faults }) {
  const { sandbox, project } = world;
  const run = await world.begin('empty');
  const plan = {
    id: 'random',
    seed,
    rate: RATE,
    match: { project },
    ...(faults && { kinds: faults }),
  };
  const flaws = {};
  try {
    await sandbox.control('PUT', '/fault-plans', [plan]);
    run.startEngine();
    for (const name of ['create', 'change', 'remove']) {
      flaws[name] = await reach(run, name, plan).catch(error => [
        { flaw: 'wrong', words: error.message },
      ]);
      if (flaws[name].length > 0) break;
    }
    return flaws;
  } finally {
    await run.close();
    await run.forget();
  }
}
