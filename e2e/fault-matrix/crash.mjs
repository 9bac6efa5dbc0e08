import { until } from '../backend/until.mjs';
import { judge } from './judge.mjs';
import { operations } from './operations.mjs';

/** A late call comes when the next engine has made this many calls at most. */
const LATEST_CALL = 12;

const match = ({ project }) => ({ project });

/** Kills the engine when a call is held, and says what becomes of the call. */
async function killAt(run, operation, { when, only, call, then }) {
  const { sandbox } = run.world;
  const { id } = await sandbox.control('POST', '/holds', {
    match: { ...match(run.world), ...only },
    nth: call,
    when,
  });
  run.startEngine();
  const held = async () => {
    const { state } = await sandbox.control('GET', `/holds/${id}`);
    return state === 'held';
  };
  const reached = await run
    .until(operation.id, async ({ finishedAt }) => finishedAt || (await held()))
    .then(held);
  if (!reached) return false;
  await run.killEngine();
  if (then === 'drop') {
    await sandbox.control('POST', `/holds/${id}/release`, { then });
    run.startEngine();
    return true;
  }
  const before = await callsSoFar(run.world);
  run.startEngine();
  await until('the next engine', async () => {
    const calls = (await callsSoFar(run.world)) - before;
    return calls > call % LATEST_CALL;
  });
  await sandbox.control('POST', `/holds/${id}/release`, { then });
  return true;
}

async function callsSoFar({ sandbox, project }) {
  const { requests } = await sandbox.control(
    'GET',
    `/record?project=${project}`,
  );
  return requests.length;
}

/** Loses the answer of a call that took effect. */
async function loseAnswer(run, operation, { call }) {
  const { sandbox } = run.world;
  await sandbox.control('PUT', '/faults', [
    { id: 'lost', match: match(run.world), nth: call, effect: 'drop-after' },
  ]);
  run.startEngine();
  await run.ended(operation.id);
  const [rule] = await sandbox.control('GET', '/faults');
  return rule === undefined || rule.times === 0;
}

/** The same for a call to object storage, which a gate before the S3 server holds. */
async function killAtStorage(run, operation, { when, write, call, then }) {
  const { gate } = run.world;
  gate.hold({ nth: call, when, write });
  run.startEngine();
  const reached = await run
    .until(operation.id, ({ finishedAt }) => finishedAt || gate.isReached)
    .then(() => gate.isReached);
  if (!reached) return false;
  await run.killEngine();
  if (then === 'drop') {
    gate.release(then);
    run.startEngine();
    return true;
  }
  const before = gate.calls;
  run.startEngine();
  await until(
    'the next engine',
    () => gate.calls - before > call % LATEST_CALL,
  );
  gate.release(then);
  return true;
}

async function loseStorageAnswer(run, operation, { call }) {
  const { gate } = run.world;
  gate.loseAnswer(call);
  run.startEngine();
  await run.ended(operation.id);
  return gate.isReached;
}

/**
 * What is done to one call of an operation. Each returns whether there was such
 * a call.
 */
export const crashes = {
  'killed-before': (run, operation, call) =>
    killAt(run, operation, { when: 'before', call, then: 'drop' }),
  'killed-after': (run, operation, call) =>
    killAt(run, operation, { when: 'after', call, then: 'drop' }),
  'answer-lost': (run, operation, call) => loseAnswer(run, operation, { call }),
  /** Killed after it was sent; it arrives when the next engine is at work. */
  'late-call': (run, operation, call) =>
    killAt(run, operation, {
      when: 'before',
      only: { write: true },
      call,
      then: 'continue',
    }),
  'storage-killed-before': (run, operation, call) =>
    killAtStorage(run, operation, { when: 'before', call, then: 'drop' }),
  'storage-killed-after': (run, operation, call) =>
    killAtStorage(run, operation, { when: 'after', call, then: 'drop' }),
  'storage-answer-lost': (run, operation, call) =>
    loseStorageAnswer(run, operation, { call }),
  'storage-late-call': (run, operation, call) =>
    killAtStorage(run, operation, {
      when: 'before',
      write: true,
      call,
      then: 'continue',
    }),
};

/**
 * One run: an operation, disturbed at one of its calls.
 *
 * @param {import('./World.mjs').World} world
 * @param {{ kind: string, operation: string, call: number }} wish
 * @returns {Promise<{ reached: boolean, flaws: { flaw: string, words: string }[] }>}
 *   not reached when the operation has fewer calls
 */
export async function crashRun(world, { kind, operation: name, call }) {
  const { place, ask, expected } = operations[name];
  const run = await world.begin(place);
  try {
    const operation = await ask(run);
    const reached = await crashes[kind](run, operation, call);
    const { state, error } = await run.ended(operation.id);
    await run.killEngine();
    const result = await run.result(operation);
    return {
      reached,
      flaws: [
        ...(state === 'succeeded'
          ? []
          : [
              {
                flaw: 'wrong',
                words: `The operation ${state}: ${error?.message}`,
              },
            ]),
        ...judge(result, world.foreign, expected(operation)),
      ],
    };
  } finally {
    await run.close();
    await run.forget();
  }
}
