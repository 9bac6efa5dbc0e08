import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ensureKey, ensureLocalState } from './localState.mjs';

const temporary = () => fs.mkdtemp(path.join(os.tmpdir(), 'portal-state-'));

test('a key is made once, has 32 bytes and is its owner’s alone', async () => {
  const folder = await temporary();
  const file = path.join(folder, 'secrets', 'key');
  const key = await ensureKey(file);

  assert.equal(Buffer.from(key, 'base64').length, 32);
  assert.equal(await ensureKey(file), key);
  assert.equal((await fs.stat(file)).mode & 0o777, 0o600);
  assert.equal((await fs.stat(path.dirname(file))).mode & 0o777, 0o700);
  await fs.rm(folder, { recursive: true });
});

test('starts that make a key at the same moment get the same one', async () => {
  const folder = await temporary();
  const file = path.join(folder, 'key');
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => ensureKey(file)),
  );

  assert.equal(new Set(keys).size, 1);
  assert.deepEqual(await fs.readdir(folder), ['key']);
  await fs.rm(folder, { recursive: true });
});

test('nobody else reads the local state', async () => {
  const folder = path.join(await temporary(), 'state');
  const env = await ensureLocalState(folder);

  assert.equal((await fs.stat(folder)).mode & 0o777, 0o700);
  assert.deepEqual(Object.keys(env), [
    'HETZNER_INFRA_SEALING_KEY',
    'SANDBOX_S3_SECRET_KEY',
  ]);
  await fs.rm(path.dirname(folder), { recursive: true });
});
