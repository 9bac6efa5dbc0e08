import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
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
