import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replayOf, runCloud, runsOf } from './cloudPart.mjs';

/** Spread over all of an operation: before anything is there, in the midst of servers, and at its end. */
const CALLS = [9, 17, 26];

/** The same of calls to object storage, which are fewer. */
const STORAGE_CALLS = [2, 5];
const SEEDS = [2, 7, 80];

/** `npm run fault-matrix` makes all of them. */
const sample = [
  ...runsOf({
    only: ['killed-before', 'killed-after', 'answer-lost', 'late-call'],
    operations: ['create', 'change', 'remove'],
    calls: CALLS,
  }),
  ...runsOf({
    only: [
      'storage-killed-before',
      'storage-killed-after',
      'storage-answer-lost',
      'storage-late-call',
    ],
    operations: ['create', 'remove'],
    calls: STORAGE_CALLS,
  }),
  ...runsOf({ only: ['random'], seeds: SEEDS }),
];

test('a sample of the fault matrix', async t => {
  const runs = [];
  await runCloud(sample, { jobs: 2, onRun: run => runs.push(run) });
  for (const run of runs) {
    const { kind, operation, call, seed, flaws } = run;
    await t.test(`${kind}, ${operation}, ${call ?? seed}`, () => {
      assert.deepEqual(
        flaws.map(({ flaw, words }) => `${flaw}: ${words}`),
        [],
        `Again: ${replayOf(run)}`,
      );
    });
  }
  assert.ok(runs.filter(({ reached }) => reached).length > sample.length / 2);
});
