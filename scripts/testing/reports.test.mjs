import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  countJest,
  countPlaywright,
  countTap,
  readReport,
} from './reports.mjs';

const jest = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    {
      name: '/a.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'a works', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'a fails',
          failureMessages: ['\x1b[31mexpected 1\x1b[39m'],
        },
      ],
    },
    {
      name: '/b.test.ts',
      status: 'failed',
      message: 'Cannot find module',
      assertionResults: [],
    },
  ],
};

test('Jest: a file that does not load is a failure too', () => {
  assert.deepEqual(countJest(jest), {
    passed: 5,
    failed: 2,
    skipped: 3,
    failures: [
      '/b.test.ts\nCannot find module',
      '/a.test.ts\na fails\nexpected 1',
    ],
  });
});

test('Playwright: flaky is failed, and so is an error outside of tests', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  assert.deepEqual(
    countPlaywright({ stats, errors: [{ message: 'no browser' }] }),
    { passed: 3, failed: 3, skipped: 2, failures: ['no browser'] },
  );
});

test('node:test: cancelled is failed', () => {
  const tap = '# pass 7\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 1\n';
  assert.deepEqual(countTap(tap), {
    passed: 7,
    failed: 2,
    skipped: 3,
    failures: [],
  });
});

test('a runner that fails without a failed test counts as one', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-report-'));
  const file = path.join(folder, 'report');
  const count = () => ({ passed: 4, failed: 0, skipped: 0, failures: [] });
  const failed = async code => (await readReport(file, count, code)).failed;

  assert.equal(await failed(1), 1);
  assert.equal(await failed(0), 0);
  await fs.writeFile(file, 'report');
  assert.equal(await failed(1), 1);
  assert.equal(await failed(0), 0);
  await fs.rm(folder, { recursive: true });
});
