import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { checkPortsAreFree, findFreePort } from './ports.mjs';
import { cacheFolder, readPorts } from './settings.mjs';

test('the cache lies outside the checkout', () => {
  const home = '/home/ada';
  assert.equal(cacheFolder({ HOME: home }), '/home/ada/.cache/xpeditis-portal');
  assert.equal(
    cacheFolder({ HOME: home, XDG_CACHE_HOME: '/c' }),
    '/c/xpeditis-portal',
  );
  assert.equal(
    cacheFolder({ HOME: home, XDG_CACHE_HOME: '/c', XPEDITIS_CACHE: '/x' }),
    '/x',
  );
});

test('ports have defaults and follow their variables', () => {
  assert.deepEqual(
    readPorts({ BACKEND_PORT: '8007' }).map(({ port }) => port),
    [3000, 8007, 7080, 7081],
  );
});

test('the object storage takes the next free port after the sandbox’s, or its own', () => {
  const portOf = env => readPorts(env).at(-1).port;
  assert.equal(portOf({ SANDBOX_PORT: '9000', BACKEND_PORT: '9001' }), 9002);
  assert.equal(portOf({ SANDBOX_S3_PORT: '9000' }), 9000);
  assert.throws(
    () => portOf({ SANDBOX_S3_PORT: '7080' }),
    /SANDBOX_PORT and SANDBOX_S3_PORT are both 7080/,
  );
});

for (const value of ['http', '0', '65536', '80.5', '-1']) {
  test(`PORTAL_PORT=${value} is refused`, () => {
    assert.throws(
      () => readPorts({ PORTAL_PORT: value }),
      /PORTAL_PORT is ".*"\. Set it to a port number/,
    );
  });
}

test('two services on one port are refused', () => {
  assert.throws(
    () => readPorts({ BACKEND_PORT: '3000' }),
    /PORTAL_PORT and BACKEND_PORT are both 3000/,
  );
});

test('every port in use is named with the variable that moves it', async () => {
  const server = net.createServer();
  await new Promise(resolve =>
    server.listen({ host: '127.0.0.1', port: 0 }, resolve),
  );
  const { port } = server.address();
  const free = await findFreePort();
  try {
    await assert.rejects(
      checkPortsAreFree([
        { service: 'portal', variable: 'PORTAL_PORT', port: free },
        { service: 'sandbox', variable: 'SANDBOX_PORT', port },
      ]),
      {
        name: 'Problem',
        message: `Port ${port} for the sandbox is in use: end what listens there, or set SANDBOX_PORT to a free port.`,
      },
    );
  } finally {
    server.close();
  }
});
