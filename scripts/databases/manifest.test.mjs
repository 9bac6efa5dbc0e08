import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readManifest } from './manifest.mjs';

const CONTENT = 'a database';
const digest = createHash('sha256').update(CONTENT).digest('hex');

/** A folder as an unpacked backup, whose manifest names this file. */
async function unpacked(t, file) {
  const parent = await fs.mkdtemp(path.join(os.tmpdir(), 'manifest-'));
  t.after(() => fs.rm(parent, { recursive: true }));
  const folder = path.join(parent, 'content');
  await fs.mkdir(folder);
  await fs.writeFile(
    path.join(folder, 'manifest.json'),
    JSON.stringify({
      format: 1,
      databases: [{ name: 'catalog', file, sha256: digest, migrations: [] }],
    }),
  );
  return { folder, parent };
}

test('a plain file beside the manifest is taken', async t => {
  const { folder } = await unpacked(t, 'catalog.sqlite');
  await fs.writeFile(path.join(folder, 'catalog.sqlite'), CONTENT);
  assert.equal((await readManifest(folder)).databases[0].name, 'catalog');
});

for (const file of [
  '../catalog.sqlite',
  'a/catalog.sqlite',
  'catalog',
  '.sqlite',
  'a=b.dump',
]) {
  test(`a file named ${file} is refused, whatever lies beside`, async t => {
    const { folder, parent } = await unpacked(t, file);
    for (const place of [folder, parent]) {
      await fs.writeFile(path.join(place, path.basename(file)), CONTENT);
    }
    await assert.rejects(readManifest(folder), /is no name of a database/);
  });
}

test('a link is refused: it could be another file when it is used', async t => {
  const { folder, parent } = await unpacked(t, 'catalog.sqlite');
  await fs.writeFile(path.join(parent, 'other'), CONTENT);
  await fs.symlink(
    path.join(parent, 'other'),
    path.join(folder, 'catalog.sqlite'),
  );
  await assert.rejects(readManifest(folder), /is no plain file/);
});

test('a manifest that is a link is none', async t => {
  const { folder, parent } = await unpacked(t, 'catalog.sqlite');
  await fs.rename(
    path.join(folder, 'manifest.json'),
    path.join(parent, 'manifest.json'),
  );
  await fs.symlink('../manifest.json', path.join(folder, 'manifest.json'));
  await assert.rejects(readManifest(folder), /no readable manifest/);
});
