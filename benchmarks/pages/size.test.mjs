import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { added, scriptsOf, total } from './size.mjs';

test('scripts count compressed, and nothing else does', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'size-'));
  try {
    await writeFile(path.join(folder, 'a.js'), 'x'.repeat(10_000));
    await writeFile(path.join(folder, 'a.js.map'), 'y'.repeat(10_000));
    await writeFile(path.join(folder, 'a.css'), 'z'.repeat(10_000));
    const scripts = await scriptsOf(folder);
    assert.deepEqual(
      scripts.map(({ name }) => name),
      ['a.js'],
    );
    assert.ok(total(scripts) > 0 && total(scripts) < 200);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the goal is met below 150 kB and missed from there on', () => {
  assert.equal(added([{ bytes: 1 }], [{ bytes: 150_000 }]).goal.met, true);
  assert.equal(added([{ bytes: 1 }], [{ bytes: 150_001 }]).goal.met, false);
});
