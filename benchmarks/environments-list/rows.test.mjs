import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from './rows.mjs';

const rows = rowsOf({
  environments: 40,
  operations: 3,
  now: Date.UTC(2026, 10, 23),
});

test('every environment has its revision and its operations', () => {
  assert.equal(rows.environments.length, 40);
  assert.equal(rows.environment_revisions.length, 40);
  assert.equal(rows.operations.length, 120);
  const names = new Set(rows.environments.map(({ name }) => name));
  assert.equal(names.size, 40);
  assert.ok(rows.environments.every(({ id }) => /^[a-z0-9]{12}$/.test(id)));
});

test('nothing is left to work on', () => {
  assert.ok(rows.operations.every(({ finished_at: end }) => end !== null));
});

test('an environment that failed has an operation that failed last', () => {
  const failed = rows.environments.filter(({ state }) => state === 'failed');
  assert.equal(failed.length, 2);
  for (const { id } of failed) {
    const states = rows.operations
      .filter(operation => operation.environment_id === id)
      .map(({ state }) => state);
    assert.deepEqual(states, ['succeeded', 'succeeded', 'failed']);
  }
});
