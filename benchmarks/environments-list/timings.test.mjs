import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HEADS, percentile, rowOf, summarize } from './timings.mjs';

const upTo = count => Array.from({ length: count }, (_, i) => i + 1);

test('a percentile is one of the values, whatever their order', () => {
  assert.equal(percentile([30, 10, 20], 0.5), 20);
  assert.equal(percentile([7], 0.95), 7);
  assert.equal(percentile(upTo(100).reverse(), 0.95), 95);
  assert.equal(percentile(upTo(100), 1), 100);
});

test('a summary says whether the goal is met', () => {
  const quick = summarize('a page', upTo(50), 2048);
  assert.deepEqual(
    [quick.p50, quick.p95, quick.max, quick.goal.met],
    [25, 48, 50, true],
  );
  assert.equal(summarize('a page', [51], 1).goal.met, false);
  assert.deepEqual(rowOf(quick).slice(2), [
    '48.0 ms',
    '50.0 ms',
    '2 KiB',
    '50 ms: met',
  ]);
  assert.equal(rowOf(summarize('beside', [51], 1, false)).at(-1), '');
  assert.equal(rowOf(quick).length, HEADS.length);
});
