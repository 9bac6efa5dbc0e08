import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BrokenRuns, EngineBrokenError } from './BrokenRuns.mjs';

const broken = {
  broken: true,
  flaws: [{ flaw: 'wrong', words: 'The engine ended with code 1.' }],
};
const wrong = { flaws: [{ flaw: 'wrong', words: 'One server too many.' }] };
const good = { flaws: [] };

test('a run here and there that breaks off does not end the matrix', () => {
  const runs = new BrokenRuns();
  for (const run of [broken, broken, broken, good, broken, broken, broken]) {
    runs.add(run);
  }
  for (let count = 0; count < 9; count++) runs.add(wrong);
});

test('one after another ends it, with what the last one said', () => {
  const runs = new BrokenRuns();
  for (let count = 0; count < 3; count++) runs.add(broken);
  assert.throws(
    () => runs.add(broken),
    error =>
      error instanceof EngineBrokenError &&
      error.message.endsWith('The last: The engine ended with code 1.'),
  );
});
