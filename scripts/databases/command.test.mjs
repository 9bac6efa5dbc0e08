import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Problem } from '../problem.mjs';
import { readArguments } from './command.mjs';
import { runProgram } from './programs.mjs';

const problem = pattern => error => {
  assert.ok(error instanceof Problem);
  assert.match(error.message, pattern);
  return true;
};

test('a command takes one file, and configurations as paths', () => {
  const from = process.env.INIT_CWD ?? process.cwd();
  assert.deepEqual(
    readArguments('backup', ['a.tar.gz', '--config', 'b.yaml']),
    [path.resolve(from, 'a.tar.gz'), path.resolve(from, 'b.yaml')],
  );
});

for (const args of [[], ['a', 'b'], ['a', '--force']]) {
  test(`a command says how it is called instead of taking [${args}]`, () =>
    assert.throws(
      () => readArguments('restore', args),
      problem(/usage: npm run restore -- <file>/),
    ));
}

test('a relative PORTAL_STATE means the same folder to the command as to the portal', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { processOf } from ${JSON.stringify(
        new URL('./command.mjs', import.meta.url).href,
      )};
      const { env } = processOf({ node: 'node', env: process.env }, 'backup', []);
      console.log(env.PORTAL_STATE);`,
    ],
    { cwd: os.tmpdir(), env: { ...process.env, PORTAL_STATE: 'some/state' } },
  );
  assert.equal(
    stdout.trim(),
    path.join(await fs.realpath(os.tmpdir()), 'some/state'),
  );
});

test('a program that is missing is named, and what brings it', () =>
  assert.rejects(
    runProgram('pg_dump', [], { env: { PATH: '/nonexistent' } }),
    problem(/pg_dump was not found\. Install it .*postgresql-client/),
  ));

test('a program that fails says why', () =>
  assert.rejects(
    runProgram('tar', ['-xf', '/nonexistent']),
    problem(/tar failed\. It said:\n.*nonexistent/s),
  ));
