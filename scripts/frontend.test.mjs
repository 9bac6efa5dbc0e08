import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Children } from './children.mjs';
import { ensureFrontend, frontendHash } from './frontend.mjs';

let folder;
let root;

/** A build that notes itself and copies the app's sources, or fails as told. */
const build = `
  const fs = require('node:fs');
  if (fs.existsSync('fail')) {
    console.log('Module not found');
    process.exit(1);
  }
  fs.rmSync('dist', { recursive: true, force: true });
  fs.cpSync('src', 'dist', { recursive: true });
`;

async function checkout(name) {
  const files = {
    'package.json': '{}',
    'yarn.lock': '',
    'app-config.yaml': 'app: { packages: all }',
    'packages/app/package.json': '{}',
    'packages/app/src/index.tsx': 'app',
    'packages/backend/src/index.ts': 'backend',
    'plugins/pages/package.json': '{"backstage":{"role":"frontend-plugin"}}',
    'plugins/pages/src/page.tsx': 'page',
    'plugins/common/package.json': '{"backstage":{"role":"common-library"}}',
    'plugins/common/src/plan.ts': 'plan',
    'plugins/engine/package.json': '{"backstage":{"role":"backend-plugin"}}',
    'plugins/engine/src/engine.ts': 'engine',
  };
  const place = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(place, file)), { recursive: true });
    await fs.writeFile(path.join(place, file), text);
  }
  return place;
}

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-frontend-'));
  await fs.writeFile(path.join(folder, 'yarn.js'), build);
  root = await checkout('one');
});

afterEach(() => fs.rm(folder, { recursive: true }));

/** @returns how many builds it took */
async function ensure(place = root) {
  const children = new Children();
  let builds = 0;
  try {
    await ensureFrontend(
      children,
      {
        node: process.execPath,
        yarn: path.join(folder, 'yarn.js'),
        env: process.env,
        cache: path.join(folder, 'cache'),
      },
      place,
      path.join(folder, 'frontend.log'),
      async work => {
        builds += 1;
        await work();
      },
    );
  } finally {
    await children.stopAll();
  }
  return builds;
}

const write = (file, text) => fs.writeFile(path.join(root, file), text);
const served = place =>
  fs.readFile(path.join(place, 'packages/app/dist/index.tsx'), 'utf8');

test('the app is built once for the same sources', async () => {
  assert.equal(await ensure(), 1);
  assert.equal(await ensure(), 0);
  assert.equal(await served(root), 'app');
});

test('a second checkout takes what the first has built', async () => {
  await ensure();
  const second = await checkout('two');
  assert.equal(await ensure(second), 0);
  assert.equal(await served(second), 'app');
});

test('a source that went back takes the earlier build from the cache', async () => {
  await ensure();
  await write('packages/app/src/index.tsx', 'other');
  assert.equal(await ensure(), 1);
  await write('packages/app/src/index.tsx', 'app');
  assert.equal(await ensure(), 0);
  assert.equal(await served(root), 'app');
});

const sensitive = [
  ['packages/app/src/index.tsx', true],
  ['packages/app/src/index.test.tsx', false],
  ['plugins/pages/src/page.tsx', true],
  ['plugins/pages/src/new.tsx', true],
  ['plugins/common/src/plan.ts', true],
  ['plugins/common/config.d.ts', true],
  ['plugins/engine/src/engine.ts', false],
  ['packages/backend/src/index.ts', false],
  ['yarn.lock', true],
  ['app-config.yaml', true],
  ['app-config.local.yaml', true],
];

sensitive.forEach(([file, builds]) =>
  test(`a change of ${file} ${
    builds ? 'asks for' : 'needs no'
  } build`, async () => {
    const before = await frontendHash(root);
    await write(file, 'changed');
    assert.equal((await frontendHash(root)) !== before, builds);
  }),
);

test('a failed build says why and is not taken for done', async () => {
  await write('packages/app/fail', '');
  await assert.rejects(ensure(), {
    name: 'Problem',
    message: /The app was not built\..*frontend\.log\):\nModule not found/s,
  });
  await fs.rm(path.join(root, 'packages/app/fail'));
  assert.equal(await ensure(), 1);
});

test('the cache keeps the newest five builds', async () => {
  for (let version = 1; version <= 7; version += 1) {
    await write('packages/app/src/index.tsx', `${version}`);
    await ensure();
  }
  const kept = await fs.readdir(path.join(folder, 'cache', 'frontend'));
  assert.equal(kept.length, 5);
  assert.ok(kept.includes(await frontendHash(root)));
});
