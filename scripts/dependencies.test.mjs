import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Children } from './children.mjs';
import { ensureDependencies } from './dependencies.mjs';

let root;

/** A Yarn that notes each call and makes node_modules, or fails as told. */
const yarn = `
  const fs = require('node:fs');
  fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
  if (fs.existsSync('fail')) {
    console.log(fs.readFileSync('fail', 'utf8'));
    process.exit(1);
  }
  fs.mkdirSync('node_modules', { recursive: true });
`;

const write = (file, text) => fs.writeFile(path.join(root, file), text);

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-install-'));
  await fs.mkdir(path.join(root, 'packages', 'app'), { recursive: true });
  await fs.mkdir(path.join(root, 'plugins'));
  await write('package.json', '{}');
  await write('yarn.lock', '');
  await write('packages/app/package.json', '{}');
  await write('yarn.js', yarn);
});

afterEach(() => fs.rm(root, { recursive: true }));

async function install() {
  const children = new Children();
  let reported = 0;
  try {
    await ensureDependencies(
      children,
      {
        node: process.execPath,
        yarn: path.join(root, 'yarn.js'),
        env: process.env,
      },
      root,
      path.join(root, 'install.log'),
      async work => {
        reported += 1;
        await work(() => {});
      },
    );
  } finally {
    await children.stopAll();
  }
  return reported;
}

const calls = async () =>
  (await fs.readFile(path.join(root, 'calls'), 'utf8')).trim().split('\n');

test('packages are installed once, with the lock file as it is', async () => {
  assert.equal(await install(), 1);
  assert.equal(await install(), 0);
  assert.deepEqual(await calls(), ['install --immutable']);
});

for (const file of ['yarn.lock', 'package.json', 'packages/app/package.json']) {
  test(`a changed ${file} installs again`, async () => {
    await install();
    await write(file, '{ "changed": true }');
    assert.equal(await install(), 1);
  });
}

test('an emptied node_modules installs again', async () => {
  await install();
  await fs.rm(path.join(root, 'node_modules'), { recursive: true });
  assert.equal(await install(), 1);
});

test('a failed install is told in a sentence, and is not taken for done', async () => {
  await write('fail', 'YN0028: The lockfile would have been modified');
  await assert.rejects(install(), {
    name: 'Problem',
    message: /The packages were not installed\. yarn\.lock does not fit/,
  });
  await fs.rm(path.join(root, 'fail'));
  assert.equal(await install(), 1);
});

test('a failure of unknown cause shows the end of the output and where all of it is', async () => {
  await write('fail', 'the moon is in the wrong place');
  await assert.rejects(
    install(),
    /install\.log\):\nthe moon is in the wrong place/,
  );
});
