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

test('a page meets the goal below 150 kB more than the stock app', () => {
  const pages = [
    { name: 'list', path: '/list' },
    { name: 'create', path: '/new' },
  ];
  const whole = new Map([
    ['/list', 150_000],
    ['/new', 150_001],
  ]);
  assert.deepEqual(added(pages, 1, whole), [
    { page: 'list', bytes: 149_999, met: true },
    { page: 'create', bytes: 150_000, met: false },
  ]);
});
