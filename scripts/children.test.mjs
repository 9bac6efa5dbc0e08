import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Children, runToEnd } from './children.mjs';
import { firstToEnd } from './services.mjs';

async function withChildren(work) {
  const children = new Children();
  try {
    return await work(children);
  } finally {
    await children.stopAll();
  }
}

const node = (name, code, more = {}) => ({
  name,
  command: process.execPath,
  args: ['-e', code],
  cwd: os.tmpdir(),
  env: process.env,
  ...more,
});

test('a program gives its exit code, its output and a log', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-children-'));
  const log = path.join(folder, 'logs', 'program.log');
  const result = await withChildren(children =>
    runToEnd(
      children,
      node('program', 'console.log("a"); console.error("b"); process.exit(3)', {
        log,
      }),
    ),
  );

  assert.equal(result.code, 3);
  assert.deepEqual(result.output.split('\n').sort(), ['a', 'b']);
  assert.deepEqual((await fs.readFile(log, 'utf8')).trim().split('\n').sort(), [
    'a',
    'b',
  ]);
  await fs.rm(folder, { recursive: true });
});

test('a program that is not there is an error, not a crash', async () => {
  const { code, error } = await withChildren(children =>
    runToEnd(children, { ...node('ghost', ''), command: '/does/not/exist' }),
  );
  assert.equal(code, null);
  assert.equal(error.code, 'ENOENT');
});

test('after a stop nothing more is started', async () => {
  const children = new Children();
  await children.stopAll();
  assert.throws(
    () => children.start(node('late', '')),
    /Interrupted before late was started/,
  );
});

test('the service that ends is named, with what it said last and where the rest is', async () => {
  const log = path.join(os.tmpdir(), `portal-${process.pid}.log`);
  await withChildren(async children => {
    const services = [
      { child: children.start(node('portal', 'setInterval(() => {}, 1000)')) },
      {
        child: children.start(
          node('sandbox', 'console.log("no more room"); process.exit(2)', {
            log,
          }),
        ),
      },
    ];
    await assert.rejects(firstToEnd(services), error => {
      assert.equal(error.name, 'Problem');
      assert.match(
        error.message,
        /^The sandbox ended with exit code 2\. It said last:\n {4}no more room\nAll of it is in .*\.log\.$/,
      );
      return true;
    });
  });
  await fs.rm(log);
});
