import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentOf, quotaFor, SIZE_NAMES } from './sizes.mjs';

const example = {
  metadata: { name: 'xpeditis-prod' },
  spec: {
    controlPlane: { serverType: 'cx23', count: 1 },
    pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
    loadBalancer: { type: 'lb11', stickyCookie: 'XPEDITIS_LB' },
  },
};

test('the seed is the example as it stands', () => {
  assert.equal(documentOf(example, 'seed'), example);
  assert.deepEqual(quotaFor(example), { servers: 9, primaryIps: 20 });
});

test('the large ones have three control planes and a load balancer that takes their workers', () => {
  const { metadata, spec } = documentOf(example, '90');
  assert.equal(metadata.name, 'xpeditis-90');
  assert.equal(spec.controlPlane.count, 3);
  assert.deepEqual(spec.pools, [
    { name: 'web', serverType: 'cx43', min: 90, max: 90 },
  ]);
  assert.deepEqual(spec.loadBalancer, {
    type: 'lb31',
    stickyCookie: 'XPEDITIS_LB',
  });
  assert.equal(documentOf(example, '50').spec.loadBalancer.type, 'lb21');
  assert.equal(example.spec.controlPlane.count, 1);
});

test('another size is refused with those that there are', () => {
  assert.throws(() => documentOf(example, '70'), {
    message: `--size 70: there are ${SIZE_NAMES.join(', ')}.`,
  });
});
