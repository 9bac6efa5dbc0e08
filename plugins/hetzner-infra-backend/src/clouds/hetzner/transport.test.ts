import { execFile } from 'node:child_process';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { InstantClock } from '../../__testUtils__/InstantClock';
import { json, ScriptedServer } from '../../__testUtils__/ScriptedServer';
import { selfSignedCertificate } from '../../__testUtils__/tlsCertificate';
import { connectHetzner } from './connectHetzner';
import type { HetznerConnection } from './HetznerCloud';

describe('over TLS', () => {
  let certificate: { cert: string; key: string };
  let api: ScriptedServer;
  const open: HetznerConnection[] = [];
  const environment = { ...process.env };

  function connect(ca?: string): HetznerConnection {
    const connection = connectHetzner({
      token: 'a-token',
      endpoint: api.endpoint,
      clock: new InstantClock(),
      ca,
    });
    open.push(connection);
    return connection;
  }

  beforeAll(async () => {
    certificate = await selfSignedCertificate();
  });

  beforeEach(async () => {
    api = (await ScriptedServer.start(certificate)).otherwise(json(200, {}));
  });

  afterEach(async () => {
    process.env = { ...environment };
    open.splice(0).forEach(connection => connection.close());
    await api.stop();
  });

  it('refuses a certificate that it cannot verify, before anything is sent', async () => {
    await expect(connect().get('/pricing')).rejects.toMatchObject({
      code: 'tls_error',
      outcome: 'refused',
      message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
    });
    expect(api.requests).toEqual([]);
  });

  it('refuses it even if the environment says not to verify', async () => {
    // In a process of its own: Node reads this variable past the test's own.
    const script = `
      const { connectHetzner } = require(${JSON.stringify(
        join(__dirname, 'connectHetzner'),
      )});
      const limits = { attempts: 1, baseSeconds: 0, capSeconds: 0 };
      const options = { token: 't', endpoint: '${
        api.endpoint
      }', retryLimits: limits };
      connectHetzner(options).get('/pricing').then(console.log, e => console.log(e.code));
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '--eval',
        script,
      ],
      { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    );
    expect(stdout.trim()).toBe('tls_error');
    expect(api.requests).toEqual([]);
  });

  it('accepts one that it was told to trust', async () => {
    expect(await connect(certificate.cert).get('/pricing')).toEqual({});
  });

  it('goes through the proxy of the environment in a tunnel', async () => {
    const tunnels: string[] = [];
    const sockets: Duplex[] = [];
    const proxy = http.createServer((_request, response) => {
      tunnels.push('not a tunnel');
      response.end();
    });
    proxy.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const target = net.connect(api.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(client).pipe(target);
      });
      sockets.push(client, target);
      [client, target].forEach(socket => socket.on('error', () => {}));
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    process.env.HTTPS_PROXY = `http://127.0.0.1:${
      (proxy.address() as AddressInfo).port
    }`;
    process.env.NO_PROXY = '';
    process.env.no_proxy = '';

    expect(await connect(certificate.cert).get('/pricing')).toEqual({});
    expect(tunnels).toEqual([`127.0.0.1:${api.port}`]);

    // The tunnel does not lower the guard.
    await expect(connect().get('/pricing')).rejects.toMatchObject({
      code: 'tls_error',
    });
    expect(api.requests).toHaveLength(1);

    process.env.NO_PROXY = '127.0.0.1';
    tunnels.splice(0);
    expect(await connect(certificate.cert).get('/pricing')).toEqual({});
    expect(tunnels).toEqual([]);

    sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => {
      proxy.close(resolve);
    });
  });

  it('sends a plain HTTP request past the proxy, which would see the token', async () => {
    const plain = (await ScriptedServer.start()).otherwise(json(200, {}));
    process.env.HTTP_PROXY = 'http://127.0.0.1:9';
    process.env.http_proxy = 'http://127.0.0.1:9';
    process.env.NO_PROXY = '';
    process.env.no_proxy = '';
    const connection = connectHetzner({
      token: 'a-token',
      endpoint: plain.endpoint,
    });
    expect(await connection.get('/pricing')).toEqual({});
    connection.close();
    await plain.stop();
  });
});

it('refuses the axios that hcloud-js brings where nothing forces another one', () => {
  jest.isolateModules(() => {
    jest.doMock('hcloud-js', () => ({
      Client: class {
        readonly axios = { interceptors: { response: {} } };
      },
    }));
    const { createTransport } = jest.requireActual('./transport');
    expect(() =>
      createTransport({
        token: 'a-token',
        endpoint: 'https://api.hetzner.cloud/v1',
        userAgent: 'test',
        timeoutSeconds: 1,
      }),
    ).toThrow(/Add "resolutions"/);
    jest.dontMock('hcloud-js');
  });
});
