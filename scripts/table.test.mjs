import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from './table.mjs';

test('a table has columns as wide as their widest cell', () => {
  assert.equal(
    tableOf([
      ['', 'create', 'remove'],
      ['wall time', '20.5 s', '6 s'],
    ]),
    '           create  remove\nwall time  20.5 s     6 s',
  );
});
