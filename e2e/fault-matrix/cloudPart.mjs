import fs from 'node:fs/promises';
import path from 'node:path';
import { BrokenRuns } from './BrokenRuns.mjs';
import { bundleEngine } from './bundle.mjs';
import { crashes, crashRun } from './crash.mjs';
import { operations } from './operations.mjs';
import { randomRun } from './random.mjs';
import { World } from './World.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** So many calls in turn that an operation did not make: it has no more. Two runs differ by some polls. */
const CALLS_NOT_MADE = 3;

export const kinds = [...Object.keys(crashes), 'random'];
export const operationNames = Object.keys(operations);

/** The runs of one kind and operation: each call in turn, until there are no more. */
function* callsInTurn(kind, operation) {
  const calls = { notMade: 0 };
  const told = reached => {
    calls.notMade = reached ? 0 : calls.notMade + 1;
  };
  for (let call = 1; calls.notMade < CALLS_NOT_MADE; call++) {
    yield { kind, operation, call, told };
  }
}

/**
 * All runs that are wished for.
 *
 * @param {object} wish
 * @param {string[]} wish.only kinds
 * @param {string[]} wish.operations
 * @param {number[]} [wish.calls] instead of all
 * @param {number[]} wish.seeds
 * @param {string[]} [wish.faults] the kinds of random faults, by the sandbox's names; all without it
 */
export function* runsOf({ only, operations: names, calls, seeds, faults }) {
  for (const kind of only) {
    if (kind === 'random') {
      for (const seed of seeds) yield { kind, seed, faults };
    } else {
      for (const operation of names) {
        if (calls) {
          for (const call of calls) yield { kind, operation, call };
        } else {
          yield* callsInTurn(kind, operation);
        }
      }
    }
  }
}

/** The command that makes a run again. */
export function replayOf({ kind, operation, call, seed, faults }) {
  const which =
    kind === 'random'
      ? `--seed ${seed}${faults ? ` --faults ${faults.join(',')}` : ''}`
      : `--operation ${operation} --call ${call}`;
  return `npm run fault-matrix -- --part cloud --only ${kind} ${which}`;
}

async function makeRun(world, wish) {
  if (wish.kind === 'random') {
    return Object.entries(await randomRun(world, wish)).map(
      ([operation, flaws]) => ({ ...wish, operation, flaws, reached: true }),
    );
  }
  const done = await crashRun(world, wish).catch(error => ({
    reached: true,
    broken: true,
    flaws: [{ flaw: 'wrong', words: error.message }],
  }));
  wish.told?.(done.reached);
  return [{ ...wish, ...done }];
}

/**
 * Makes runs, several at once.
 *
 * @param {Iterable<object>} wishes of runsOf
 * @param {{ jobs: number, onRun: (run: { kind: string, operation: string, reached: boolean,
 *   flaws: { flaw: string, words: string }[] }) => void }} options
 * @throws EngineBrokenError when one run after another cannot be carried through
 */
export async function runCloud(wishes, { jobs, onRun }) {
  const folder = path.join(root, '.local', 'fault-matrix', String(process.pid));
  const engine = await bundleEngine(path.join(folder, 'bundle'));
  const left = wishes[Symbol.iterator]();
  const broken = new BrokenRuns();
  const lane = async (_, index) => {
    const world = await World.open(engine, path.join(folder, String(index)));
    try {
      for (let next = left.next(); !next.done; next = left.next()) {
        for (const run of await makeRun(world, next.value)) {
          onRun(run);
          broken.add(run);
        }
      }
    } finally {
      await world.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, lane));
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
