import { createServer, type AddressInfo, type Server } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { WebSocket } from 'ws';
import { createAppListener } from './appListener';

const host = '127.0.0.1';

function listen(): Promise<Server> {
  return new Promise(resolve => {
    const server = createServer().listen({ host, port: 0 }, () =>
      resolve(server),
    );
  });
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function freePort() {
  const server = await listen();
  const port = portOf(server);
  await new Promise(resolve => server.close(resolve));
  return port;
}

const greeter = createBackendPlugin({
  pluginId: 'greeter',
  register: env =>
    env.registerInit({
      deps: { router: coreServices.rootHttpRouter },
      async init({ router }) {
        router.use('/greeting', (_, response) => {
          response.send('ahoy');
        });
      },
    }),
});

const refuser = createBackendPlugin({
  pluginId: 'refuser',
  register: env =>
    env.registerInit({
      deps: { router: coreServices.httpRouter },
      async init({ router }) {
        router.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        router.use((_request, _response, next) => {
          next(new ConflictError('The name is in use.'));
        });
      },
    }),
});

const greetingAt = async (port: number) =>
  (await fetch(`http://${host}:${port}/greeting`)).text();

/** Whether a web socket opens; the signals backend answers none before it knows a server. */
const opensSocketAt = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = new WebSocket(`ws://${host}:${port}/api/signals`, {
      handshakeTimeout: 500,
    });
    socket.on('open', () => {
      socket.close();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

describe('createAppListener', () => {
  let backend: ReturnType<typeof createBackend>;

  async function start(config: object) {
    backend = createBackend();
    backend.add(
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: `http://${host}`, ...config } },
      }),
    );
    backend.add(mockServices.rootLogger.factory());
    createAppListener().forEach(feature => backend.add(feature));
    backend.add(greeter);
    backend.add(refuser);
    backend.add(signalsPlugin);
    await backend.start();
  }

  it('answers on both addresses, and on neither after the stop', async () => {
    const port = await freePort();
    const appPort = await freePort();
    await start({
      listen: { host, port },
      appListener: { host, port: appPort },
    });

    expect(await greetingAt(port)).toBe('ahoy');
    expect(await greetingAt(appPort)).toBe('ahoy');

    await backend.stop();
    await expect(greetingAt(port)).rejects.toThrow('fetch failed');
    await expect(greetingAt(appPort)).rejects.toThrow('fetch failed');
  });

  it('tells what is wrong and no path of this machine, in development too', async () => {
    const port = await freePort();
    const environment = process.env as { NODE_ENV?: string };
    const before = environment.NODE_ENV;
    environment.NODE_ENV = 'development';
    await start({
      baseUrl: `http://${host}:${port}`,
      listen: { host, port },
      auth: { dangerouslyDisableDefaultAuthPolicy: true },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    });
    environment.NODE_ENV = before;

    const refusal = await fetch(`http://${host}:${port}/api/refuser/`);
    expect(refusal.status).toBe(409);
    expect((await refusal.json()).error).toEqual({
      name: 'ConflictError',
      message: 'The name is in use.',
    });
    await backend.stop();
  });

  it.each(['api', 'app'])(
    'passes web sockets on both addresses when the first comes to the one of the %s',
    async first => {
      const port = await freePort();
      const appPort = await freePort();
      await start({
        baseUrl: `http://${host}:${port}`,
        listen: { host, port },
        appListener: { host, port: appPort },
        auth: { dangerouslyDisableDefaultAuthPolicy: true },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      });

      // The plugin learns of a server by the first attempt, which it lets hang.
      await opensSocketAt(first === 'api' ? port : appPort);
      expect(await opensSocketAt(port)).toBe(true);
      expect(await opensSocketAt(appPort)).toBe(true);

      await backend.stop();
    },
  );

  it('listens once when the configuration names no second address', async () => {
    const port = await freePort();
    await start({ listen: { host, port } });

    expect(await greetingAt(port)).toBe('ahoy');
    await backend.stop();
  });

  it('fails the start when the second address is taken', async () => {
    const taken = await listen();

    await expect(
      start({
        listen: { host, port: await freePort() },
        appListener: { host, port: portOf(taken) },
      }),
    ).rejects.toThrow(/'app-listener' startup failed.*EADDRINUSE/);

    await backend.stop();
    taken.close();
  });
});
