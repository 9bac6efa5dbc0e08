import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { findFreePorts } from './ports.mjs';
import { root } from './settings.mjs';
import { holdState } from './stateHold.mjs';

const limitMs = 10 * 60_000;

/** Runs a command of the repository as npm would. */
function portal(args, env, nodeArgs = []) {
  const started = spawn(
    process.execPath,
    [...nodeArgs, path.join(root, 'scripts', 'portal.mjs'), ...args],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const waiting = new Set();
  const take = chunk => {
    output += chunk;
    waiting.forEach(check => check());
  };
  started.stdout.on('data', take);
  started.stderr.on('data', take);
  const ended = new Promise(resolve =>
    started.once('close', code => resolve({ code, output })),
  );
  const says = text =>
    new Promise(resolve => {
      const check = () => output.includes(text) && resolve(true);
      waiting.add(check);
      check();
    });
  return {
    ended,
    saysBeforeEnding: text =>
      Promise.race([says(text), ended.then(() => output.includes(text))]),
    kill: signal => started.kill(signal),
  };
}

/** Processes that carry this folder in their environment, this one aside. */
async function processesOf(state) {
  const found = [];
  for (const pid of await fs.readdir('/proc')) {
    if (/^\d+$/.test(pid) && Number(pid) !== process.pid) {
      const environ = await fs
        .readFile(`/proc/${pid}/environ`, 'utf8')
        .catch(() => '');
      if (environ.includes(`PORTAL_STATE=${state}\0`)) {
        found.push(pid);
      }
    }
  }
  return found;
}

test('an unknown command shows how it is used', async () => {
  const { code, output } = await portal(['stop'], {}).ended;
  assert.equal(code, 2);
  assert.match(
    output,
    /usage: portal\.mjs start\|dev\|test\|pictures\|backup\|restore\|reset/,
  );
});

test('an old Node is told what to install', async () => {
  const pretend =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
  const { code, output } = await portal(['start'], {}, [
    '--import',
    `data:text/javascript,${encodeURIComponent(pretend)}`,
  ]).ended;
  assert.equal(code, 1);
  assert.match(output, /^Node 18\.20\.0 is too old.*Install Node 20 or newer/);
});

test('a port in use ends the start with one sentence', async () => {
  const env = await findFreePorts();
  const server = net.createServer();
  await new Promise(resolve =>
    server.listen(
      { host: '127.0.0.1', port: Number(env.BACKEND_PORT) },
      resolve,
    ),
  );
  const { code, output } = await portal(['start'], env).ended;
  server.close();
  assert.equal(code, 1);
  // Not the whole output: another program may take one of the other ports meanwhile.
  assert.ok(
    output.includes(
      `Port ${env.BACKEND_PORT} for the backend is in use: end what listens there, or set BACKEND_PORT to a free port.\n`,
    ),
    output,
  );
  assert.doesNotMatch(output, /\n\s+at /);
});

test('a cache that cannot be written ends the start with one sentence', async () => {
  const state = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-start-'));
  const { code, output } = await portal(['start'], {
    ...(await findFreePorts()),
    PORTAL_STATE: state,
    XPEDITIS_CACHE: '/dev/null/cache',
  }).ended;
  assert.equal(code, 1);
  assert.match(
    output,
    /^The cache folder \/dev\/null\/cache cannot be written/,
  );
  assert.doesNotMatch(output, /\n\s+at /);
  await fs.rm(state, { recursive: true });
});

test('an unknown stage is told which there are', async () => {
  const { code, output } = await portal(['test', '--only', 'lunt'], {}).ended;
  assert.equal(code, 1);
  assert.match(output, /There is no stage lunt\. There are: .*lint/);
});

test('reset forgets the local state, but not under a running portal', async () => {
  const state = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-reset-'));
  const env = { PORTAL_STATE: state };
  const release = await holdState(state);
  const refused = await portal(['reset'], env).ended;
  assert.equal(refused.code, 1);
  assert.match(refused.output, /Another portal runs/);
  await fs.access(state);

  await release();
  assert.equal((await portal(['reset'], env).ended).code, 0);
  await assert.rejects(fs.access(state), { code: 'ENOENT' });
});

test(
  'the portal starts, serves app and API, signs a guest in, and leaves nothing behind',
  { timeout: limitMs },
  async () => {
    const state = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-start-'));
    const env = { ...(await findFreePorts()), PORTAL_STATE: state };
    const start = portal(['start'], env);
    try {
      assert.ok(
        await start.saysBeforeEnding(
          `Portal ready: http://localhost:${env.PORTAL_PORT}\n`,
        ),
        'the portal ended before it was ready',
      );
      for (const host of ['localhost', '127.0.0.1']) {
        const page = await fetch(`http://${host}:${env.PORTAL_PORT}/hetzner`);
        assert.match(await page.text(), /<div id="root">/);
      }
      const api = `http://127.0.0.1:${env.BACKEND_PORT}/api`;
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`${api}/auth/guest/refresh`, { method });
        const { backstageIdentity } = await answer.json();
        const entities = await fetch(`${api}/catalog/entities`, {
          headers: { authorization: `Bearer ${backstageIdentity.token}` },
        });
        assert.equal(entities.status, 200);
      }
      assert.equal((await fetch(`${api}/catalog/entities`)).status, 401);
    } finally {
      start.kill('SIGINT');
    }
    assert.equal((await start.ended).code, 0);
    assert.deepEqual(await processesOf(state), []);
    await fs.rm(state, { recursive: true });
  },
);
