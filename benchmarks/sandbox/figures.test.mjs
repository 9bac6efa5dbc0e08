import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeFigures, figuresOf, percentile } from './figures.mjs';

describe('figures of the sandbox', () => {
  it('have percentiles that are values which were measured', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(values, 0.5), 50);
    assert.equal(percentile(values, 0.95), 95);
    assert.equal(percentile([7], 0.95), 7);
  });

  it('compare the slowest page, the reads and the memory with their goals', () => {
    const figures = figuresOf({
      durations: {
        'page of servers': [10, 20],
        'page of load balancers': [100],
        'create a server': [999],
      },
      reads: { requests: 500, seconds: 2 },
      memoryBytes: 150 * 2 ** 20,
    });
    assert.deepEqual(figures.goals, {
      reads: { goal: 100, ratio: 2.5 },
      pages: { goal: 50, ratio: 2 },
      memory: { goal: 300, ratio: 0.5 },
    });
    const text = describeFigures(figures);
    assert.match(text, /250\/s, 2\.50 of the goal/);
    assert.match(text, /150 MiB, 0\.50 of the goal/);
    assert.match(text, /create a server \(1\)\s+999\.0 ms/);
  });
});
