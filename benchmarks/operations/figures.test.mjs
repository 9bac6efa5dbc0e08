import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf, tableOfUsage } from './figures.mjs';

const usage = change => ({
  seconds: 20,
  rssPeakMib: 400,
  cpuSeconds: 1,
  delayP50Ms: 10,
  delayP99Ms: 12,
  delayMaxMs: 20,
  ...change,
});
const phase = {
  busy: usage({ rssPeakMib: 520, cpuSeconds: 11 }),
  idle: usage(),
};

test('operations cost what a busy backend uses above an idle one', () => {
  assert.deepEqual(costOf(phase, 20), {
    memoryMib: 120,
    cpuSeconds: 10,
    cpuSecondsEach: 0.5,
  });
});

test('the table has both in each phase', () => {
  const table = tableOfUsage({ create: phase });
  assert.match(table, /^create, busy +20\.0 s +520 MiB +11\.0 s +55 %/m);
  assert.match(table, /^create, idle +20\.0 s +400 MiB +1\.0 s +5 %/m);
});
