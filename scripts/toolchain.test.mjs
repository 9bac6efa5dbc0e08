import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Children } from './children.mjs';
import {
  ensureToolchain,
  fetchPackage,
  pinnedYarn,
  readYarnNetworkSettings,
} from './toolchain.mjs';

const name = 'pinned-tool';
const version = '1.2.3';

let folder;
let cache;
let tarball;
let integrity;
let registry;
let cutOff;
let requests;

/** A registry with one package; `cutOff` makes it close the connection in the middle of the file. */
function serveRegistry() {
  return http.createServer((request, response) => {
    requests += 1;
    if (!request.url.endsWith('.tgz')) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name,
          'dist-tags': { latest: version },
          versions: {
            [version]: {
              name,
              version,
              dist: {
                integrity,
                tarball: `http://${request.headers.host}/${name}.tgz`,
              },
            },
          },
        }),
      );
      return;
    }
    response.setHeader('content-length', tarball.length);
    if (cutOff) {
      response.write(tarball.subarray(0, tarball.length / 2), () =>
        response.destroy(),
      );
    } else {
      response.end(tarball);
    }
  });
}

before(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-toolchain-'));
  const source = path.join(folder, 'source');
  await fs.mkdir(path.join(source, 'bin'), { recursive: true });
  await fs.writeFile(
    path.join(source, 'package.json'),
    JSON.stringify({ name, version, files: ['bin'] }),
  );
  await fs.writeFile(
    path.join(source, 'bin', 'tool'),
    `#!/bin/sh\necho v${version}\n`,
    { mode: 0o755 },
  );
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: source,
  });
  tarball = await fs.readFile(path.join(folder, `${name}-${version}.tgz`));
  integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  registry = serveRegistry();
  await new Promise(resolve =>
    registry.listen({ host: '127.0.0.1', port: 0 }, resolve),
  );
});

beforeEach(async () => {
  cutOff = false;
  requests = 0;
  cache = await fs.mkdtemp(path.join(folder, 'cache-'));
});

after(async () => {
  registry.close();
  await fs.rm(folder, { recursive: true });
});

const npmEnv = port => ({
  ...process.env,
  npm_config_registry: `http://127.0.0.1:${port}/`,
  npm_config_cache: path.join(cache, 'npm'),
  npm_config_fetch_retries: '0',
});

async function withChildren(work) {
  const children = new Children();
  try {
    return await work(children);
  } finally {
    await children.stopAll();
  }
}

const tool = place => [path.join(place, 'bin', 'tool')];

const fetchInto = (destination, env, pinned = {}) =>
  withChildren(children =>
    fetchPackage(
      children,
      { name, version, integrity, tool, ...pinned },
      destination,
      env,
    ),
  );

const leftIn = async () =>
  (await fs.readdir(cache)).filter(entry => entry !== 'npm').sort();

test('a package arrives complete, executable and alone', async () => {
  const destination = path.join(cache, 'tool');
  await fetchInto(destination, npmEnv(registry.address().port));

  const { mode } = await fs.stat(path.join(destination, 'bin', 'tool'));
  assert.equal(mode & 0o111, 0o111);
  assert.deepEqual(await leftIn(), ['tool']);
});

test('a cut-off download leaves nothing, and the next try succeeds', async () => {
  const destination = path.join(cache, 'tool');
  const env = npmEnv(registry.address().port);
  cutOff = true;
  await assert.rejects(fetchInto(destination, env), {
    name: 'Problem',
    message: /^pinned-tool 1\.2\.3 was not fetched\./,
  });
  assert.deepEqual(await leftIn(), []);

  cutOff = false;
  await fetchInto(destination, env);
  assert.deepEqual(await leftIn(), ['tool']);
});

test('what is not the pinned file is refused, even when the registry vouches for it', async () => {
  const other = `sha512-${createHash('sha512')
    .update('other')
    .digest('base64')}`;
  await assert.rejects(
    fetchInto(path.join(cache, 'tool'), npmEnv(registry.address().port), {
      integrity: other,
    }),
    /was not fetched\. What arrived is not what is pinned/,
  );
  assert.deepEqual(await leftIn(), []);
});

test('a tool that does not run once it is unpacked is refused', async () => {
  await assert.rejects(
    fetchInto(path.join(cache, 'tool'), npmEnv(registry.address().port), {
      tool: place => [path.join(place, 'bin', 'half-written')],
    }),
    /pinned-tool 1\.2\.3 was not fetched/,
  );
  assert.deepEqual(await leftIn(), []);
});

test('without a network one sentence says what to look at', async () => {
  await assert.rejects(
    fetchInto(path.join(cache, 'tool'), npmEnv(9)),
    /was not fetched\. The package registry was not reached\. Check the connection/,
  );
  assert.deepEqual(await leftIn(), []);
});

test('two starts at once end with one complete package', async () => {
  const destination = path.join(cache, 'tool');
  const env = npmEnv(registry.address().port);
  await Promise.all([
    fetchInto(destination, env),
    fetchInto(destination, env),
    fetchInto(destination, env),
  ]);
  assert.deepEqual(await leftIn(), ['tool']);
  assert.deepEqual(await fs.readdir(path.join(destination, 'bin')), ['tool']);
});

test('a machine without npm is told to install it', async () => {
  await assert.rejects(
    fetchInto(path.join(cache, 'tool'), { PATH: cache }),
    /npm was not found\. Install it/,
  );
});

const silently = (_title, work) => work();

test('tools that are in the cache are not fetched, and come first on the PATH', async () => {
  const bin = path.join(cache, `yarn-${pinnedYarn.version}`, 'bin');
  await fs.mkdir(bin, { recursive: true });
  await fs.writeFile(
    path.join(bin, 'yarn.js'),
    'console.log(process.version, process.argv.slice(2).join())',
  );
  const node = path.join(cache, 'node-24.21.0', 'bin');
  await fs.mkdir(node, { recursive: true });
  await fs.symlink(process.execPath, path.join(node, 'node'));

  const toolchain = await withChildren(children =>
    ensureToolchain(children, cache, npmEnv(registry.address().port), silently),
  );

  assert.equal(requests, 0);
  const said = execFileSync('yarn', ['a', 'b'], { env: toolchain.env });
  assert.equal(said.toString(), `${process.version} a,b\n`);
});

test('what an interrupted start has left is removed once it is old', async () => {
  const old = path.join(cache, 'incoming-old');
  const fresh = path.join(cache, 'incoming-fresh');
  await fs.mkdir(old);
  await fs.mkdir(fresh);
  await fs.utimes(old, new Date(0), new Date(0));
  await withChildren(children =>
    ensureToolchain(children, cache, npmEnv(9), silently),
  ).catch(() => {});

  const left = await leftIn();
  assert.ok(!left.includes('incoming-old'));
  assert.ok(left.includes('incoming-fresh'));
});

test('a cache that cannot be written is named, with its variable', async () => {
  const file = path.join(cache, 'file');
  await fs.writeFile(file, '');
  await assert.rejects(
    withChildren(children =>
      ensureToolchain(children, path.join(file, 'cache'), {}, silently),
    ),
    /The cache folder .* cannot be written \(ENOTDIR\).*XPEDITIS_CACHE/,
  );
});

test('Yarn goes the way to the registry that npm goes', async () => {
  const settings = await readYarnNetworkSettings({
    ...npmEnv(1234),
    YARN_NPM_REGISTRY_SERVER: undefined,
    YARN_HTTPS_PROXY: undefined,
    npm_config_https_proxy: 'http://proxy.example.com:3128',
  });
  assert.equal(settings.YARN_NPM_REGISTRY_SERVER, 'http://127.0.0.1:1234');
  assert.equal(settings.YARN_UNSAFE_HTTP_WHITELIST, '127.0.0.1');
  assert.equal(settings.YARN_HTTPS_PROXY, 'http://proxy.example.com:3128');
});
