import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Problem } from './problem.mjs';
import { holdState } from './stateHold.mjs';

const temporary = () => fs.mkdtemp(path.join(os.tmpdir(), 'portal-hold-'));

test('a folder has one holder at a time, whatever it is called', async () => {
  const folder = path.join(await temporary(), 'state');
  const release = await holdState(folder);
  const link = path.join(path.dirname(folder), 'link');
  await fs.symlink(folder, link);

  await assert.rejects(holdState(link), error => {
    assert.ok(error instanceof Problem);
    assert.match(error.message, /PORTAL_STATE/);
    return true;
  });
  const releaseOther = await holdState(await temporary());
  await release();
  const releaseAgain = await holdState(link);
  await Promise.all([releaseAgain(), releaseOther()]);
});

test('a folder is free again when its holder was killed', async () => {
  const folder = await temporary();
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { holdState } from ${JSON.stringify(
      new URL('./stateHold.mjs', import.meta.url).href,
    )};
    await holdState(${JSON.stringify(folder)});
    console.log('held');
    setInterval(() => {}, 1000);`,
  ]);
  await once(holder.stdout, 'data');
  await assert.rejects(holdState(folder), Problem);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (
    await holdState(folder)
  )();
});
