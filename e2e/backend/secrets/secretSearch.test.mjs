import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { findSecrets } from './secretSearch.mjs';
import { readTables } from './storedData.mjs';

/** With characters that URLs and base64 write differently. */
const secret = `+/${randomBytes(30).toString('base64url')}`;
const key = randomBytes(32);

const in64 = text => Buffer.from(text).toString('base64');

/** [form, what a database holds, what is looked for] */
const planted = [
  ['as it is', `a ${secret} b`, secret],
  ['URL-encoded', `?a=${encodeURIComponent(secret)}&b`, secret],
  ['deep in JSON', JSON.stringify({ a: JSON.stringify({ secret }) }), secret],
  ['in hexadecimal digits', Buffer.from(secret).toString('hex'), secret],
  ['in base64', in64(secret), secret],
  ['in base64, as the second part', in64(`a${secret} and more`), secret],
  ['in base64, as the third part', in64(`ab${secret} and more`), secret],
  ['in base64 for URLs', Buffer.from(secret).toString('base64url'), secret],
  ['as bytes', Buffer.concat([Buffer.from([0xff, 0]), key]), key],
  ['bytes in base64', key.toString('base64'), key],
  ['bytes in hexadecimal digits', key.toString('hex').toUpperCase(), key],
];

function tablesWith(text, bytes) {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE "a table" (id INTEGER, text TEXT, bytes BLOB)');
  database.prepare('INSERT INTO "a table" VALUES (1, ?, ?)').run(text, bytes);
  return readTables(database, 'a database');
}

for (const [form, stored, value] of planted) {
  test(`what is planted in a database is found: ${form}`, () => {
    const tables = [
      tablesWith(Buffer.isBuffer(stored) ? null : stored, null),
      tablesWith(null, Buffer.from(stored)),
    ];
    const found = tables.flatMap(table =>
      findSecrets(table, [{ what: 'a secret', value }]),
    );
    const expected = Buffer.isBuffer(stored) ? 1 : 2;
    assert.ok(found.length >= expected, JSON.stringify(found));
    for (const { what, place } of found) {
      assert.deepEqual([what, place], ['a secret', 'a database a table']);
    }
  });
}

test('what is not there is not found', () => {
  const tables = tablesWith(secret, key);
  const other = { what: 'another', value: randomBytes(32) };
  assert.deepEqual(findSecrets(tables, [other]), []);
});
