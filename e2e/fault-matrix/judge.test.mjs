import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedFor } from './expected.mjs';
import { byIdentity } from './foreign.mjs';
import { compare, harmed } from './judge.mjs';
import { isTruthful } from './random.mjs';
import { Counts } from './table.mjs';

const expected = () => expectedFor('after', 'env000000001');
const flawsOf = found =>
  compare(expected(), found).map(({ flaw, words }) => `${flaw}: ${words}`);

test('what is as it shall be has no flaw', () => {
  assert.deepEqual(flawsOf(expected()), []);
});

test('each thing that is missing, changed, twice or too many is a flaw', () => {
  const [network, ...rest] = expected();
  assert.deepEqual(flawsOf(rest), ['wrong: networks shop-network is missing.']);
  assert.deepEqual(
    flawsOf([
      { ...network, state: { ...network.state, routes: ['a'] } },
      ...rest,
    ]),
    ['wrong: networks shop-network: routes is ["a"], not [].'],
  );
  assert.deepEqual(
    flawsOf([...expected(), { ...network, name: 'shop-network-2' }]),
    ['duplicates: networks shop-network-2 is there twice.'],
  );
  assert.deepEqual(
    flawsOf([...expected(), { kind: 'volumes', name: 'pvc-1', state: {} }]),
    ['orphans: volumes pvc-1 is left behind.'],
  );
});

test('what is not ours has to stay as it was', () => {
  const look = servers => byIdentity({ servers });
  const before = look([{ id: 1, name: 'legacy', targets: [] }]);
  const flaws = after => harmed(before, look(after)).length;

  assert.equal(flaws([{ id: 1, name: 'legacy', targets: [] }]), 0);
  assert.equal(flaws([{ id: 1, name: 'legacy-2', targets: [] }]), 1);
  assert.equal(flaws([]), 1);
});

test('an error is truthful when it names a fault that was there', () => {
  const requests = [
    { faults: [], correlationId: 'a' },
    { faults: [{ effect: 'gateway_page-after' }], correlationId: 'b' },
  ];
  const error = (code, correlationId) => ({ code, correlationId });

  assert.equal(isTruthful(error('bad_gateway', 'b'), requests), true);
  assert.equal(isTruthful(error('bad_gateway'), requests), true);
  assert.equal(isTruthful(error('bad_gateway', 'a'), requests), false);
  assert.equal(isTruthful(error('timeout', 'b'), requests), false);
  assert.equal(isTruthful(undefined, requests), false);
});

test('only runs without a flaw are clean, and no run at all is not', () => {
  const counts = new Counts();
  assert.equal(counts.isClean, false);
  counts.add({ kind: 'random', operation: 'create', flaws: [] });
  assert.equal(counts.isClean, true);
  counts.add({
    kind: 'random',
    operation: 'create',
    flaws: [{ flaw: 'orphans' }],
  });
  assert.equal(counts.isClean, false);
  assert.match(String(counts), /random +create +2 +0 +1 +0 +0$/);
});
