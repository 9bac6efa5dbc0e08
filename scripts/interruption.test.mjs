import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const limitMs = 20_000;

const module_ = name =>
  JSON.stringify(pathToFileURL(path.join(scripts, name)).href);

/** A child with a child of its own, both deaf to polite signals when `deaf`. */
function family(deaf) {
  const own = `
    ${deaf ? "process.on('SIGTERM', () => {});" : ''}
    console.log('up ' + process.pid);
    setInterval(() => {}, 1000);
  `;
  return `
    ${own}
    const { spawn } = require('node:child_process');
    const args = ['-e', ${JSON.stringify(own)}];
    spawn(process.execPath, args, { stdio: 'inherit' });
  `;
}

/** A command such as npm start: two families under withChildren. */
const command = deaf => `
  import { withChildren } from ${module_('interruption.mjs')};
  const code = await withChildren(async children => {
    const start = name => children.start({
      name, command: process.execPath, args: ['-e', ${JSON.stringify(
        family(deaf),
      )}],
      cwd: process.cwd(), env: process.env, onLine: line => console.log(line),
    });
    await Promise.all([start('one').ended, start('two').ended]);
    return 0;
  }, () => console.log('interrupted'));
  process.exit(code);
`;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return true;
}

async function until(condition, what) {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `waited ${limitMs} ms until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** A process that nobody waits for any more stays as a zombie where pid 1 does not reap. */
async function isGone(pid) {
  const stat = await fs
    .readFile(`/proc/${pid}/stat`, 'utf8')
    .catch(() => undefined);
  return stat ? /\) [ZX] /.test(stat) : !isAlive(pid);
}

async function startFamilies({ deaf = false, viaShell = false } = {}) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-families-'));
  const file = path.join(folder, 'command.mjs');
  await fs.writeFile(file, command(deaf));
  const program = viaShell
    ? ['sh', ['-c', `"${process.execPath}" "${file}"; exit $?`]]
    : [process.execPath, [file]];
  const started = spawn(...program, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: '' },
  });
  const pids = [];
  let exit;
  let interrupted = false;
  const exited = new Promise(resolve => started.once('exit', resolve)).then(
    code => {
      exit = code;
    },
  );
  readline.createInterface({ input: started.stdout }).on('line', line => {
    if (line.startsWith('up ')) {
      pids.push(Number(line.slice(3)));
    }
    interrupted ||= line === 'interrupted';
  });
  await until(() => pids.length === 4, 'both families are up');
  return {
    pid: started.pid,
    pids,
    code: async () => {
      await exited;
      return exit;
    },
    interrupted: () => until(() => interrupted, 'the command has heard'),
    allGone: () =>
      until(
        async () => (await Promise.all(pids.map(isGone))).every(Boolean),
        'all children are gone',
      ),
    end: async () => {
      pids.filter(isAlive).forEach(pid => process.kill(pid, 'SIGKILL'));
      await fs.rm(folder, { recursive: true });
    },
  };
}

const ways = [
  ['Ctrl-C at the terminal', 'SIGINT', -1],
  ['SIGINT to the command alone', 'SIGINT', 1],
  ['SIGTERM to the command alone', 'SIGTERM', 1],
  ['a closed terminal', 'SIGHUP', 1],
];

for (const [what, signal, sign] of ways) {
  test(`${what} ends everything that was started`, async () => {
    const families = await startFamilies();
    try {
      process.kill(sign * families.pid, signal);
      assert.equal(await families.code(), 130);
      await families.allGone();
    } finally {
      await families.end();
    }
  });
}

test('a second Ctrl-C does not wait for what does not listen', async () => {
  const families = await startFamilies({ deaf: true });
  try {
    process.kill(families.pid, 'SIGINT');
    await families.interrupted();
    assert.ok(families.pids.every(isAlive));
    process.kill(families.pid, 'SIGINT');
    assert.equal(await families.code(), 130);
    await families.allGone();
  } finally {
    await families.end();
  }
});

test('what was started ends when the command is killed hard', async () => {
  const families = await startFamilies();
  try {
    process.kill(families.pid, 'SIGKILL');
    await families.allGone();
  } finally {
    await families.end();
  }
});

test('even what does not listen ends when the command is killed hard', async () => {
  const families = await startFamilies({ deaf: true });
  try {
    process.kill(families.pid, 'SIGKILL');
    await families.allGone();
  } finally {
    await families.end();
  }
});

test('the command ends when its caller is killed hard', async () => {
  const families = await startFamilies({ viaShell: true });
  try {
    process.kill(families.pid, 'SIGKILL');
    await families.allGone();
  } finally {
    await families.end();
  }
});
