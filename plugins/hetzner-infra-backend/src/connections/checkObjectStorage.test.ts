import { connect, createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer, type Server } from 'node:tls';
import { once } from 'node:events';
import {
  startSandbox,
  type ObjectStorageKeys,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { selfSignedCertificate } from '../__testUtils__/tlsCertificate';
import { connectObjectStorage } from '../clouds/objectStorage';
import { checkObjectStorage, probeBucket } from './checkObjectStorage';

// The first run on a machine may build the S3 server.
jest.setTimeout(900_000);

const fine = {
  ok: true,
  code: 'keys-valid',
  message: 'The keys are valid and may write, read and delete.',
};

describe('the check of object storage', () => {
  let sandbox: SandboxProcess;
  let keys: ObjectStorageKeys;

  beforeAll(async () => {
    sandbox = await startSandbox({ objectStorage: true });
    keys = await sandbox.objectStorageKeys('shop');
  });
  afterAll(() => sandbox.stop());

  const check = async (
    options: Partial<Parameters<typeof connectObjectStorage>[0]> = {},
    probe = 'connection-check-one',
  ) => {
    const storage = connectObjectStorage({ ...keys, ...options });
    try {
      return await checkObjectStorage(storage, { probe });
    } finally {
      storage.close();
    }
  };

  it('goes on from what one that was cut off left behind', async () => {
    const storage = connectObjectStorage(keys);
    await storage.makeBucket('connection-check-one');
    expect(await check()).toEqual(fine);
    await expect(
      storage.read('connection-check-one', 'any'),
    ).rejects.toMatchObject({ code: 'NoSuchBucket' });
    storage.close();
  });

  it('works for many at the same moment', async () => {
    const checks = await Promise.all(Array.from({ length: 6 }, () => check()));
    expect(checks).toEqual(checks.map(() => fine));
  });

  it('has a bucket of its own for each connection of each portal', () => {
    const names = [
      probeBucket('a', 'b'),
      probeBucket('a', 'c'),
      probeBucket('b', 'c'),
    ];
    expect(new Set(names).size).toBe(3);
    expect(names[0]).toMatch(/^[a-z0-9-]{3,63}$/);
  });

  it('ends with a sentence when nobody answers', async () => {
    const silent = createTcpServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const sockets: { destroy(): void }[] = [];
    silent.on('connection', socket => sockets.push(socket));
    expect(
      await check({ endpoint: `http://127.0.0.1:${port}`, timeoutSeconds: 1 }),
    ).toMatchObject({
      ok: false,
      fault: 'provider',
      message: expect.stringContaining('No answer came within 1 s.'),
    });
    sockets.forEach(socket => socket.destroy());
    silent.close();
  });

  it('says what stands in the port’s place', async () => {
    await expect(check({ endpoint: sandbox.url })).resolves.toMatchObject({
      ok: false,
      fault: 'provider',
    });
  });

  describe('behind TLS', () => {
    let server: Server;
    let cert: string;
    let endpoint: string;

    beforeAll(async () => {
      const made = await selfSignedCertificate();
      cert = made.cert;
      const { hostname, port } = new URL(keys.endpoint);
      server = createTlsServer(made, socket => {
        const onward = connect(Number(port), hostname);
        socket.pipe(onward).pipe(socket);
        for (const end of [socket, onward]) end.on('error', () => {});
        socket.on('close', () => onward.destroy());
      }).listen(0, '127.0.0.1');
      server.on('tlsClientError', () => {});
      await once(server, 'listening');
      endpoint = `https://127.0.0.1:${(server.address() as any).port}`;
    });
    afterAll(() => {
      server.close();
    });

    it('trusts the authorities that are pinned', async () => {
      expect(await check({ endpoint, caCertificate: cert })).toEqual(fine);
    });

    it('trusts nobody else', async () => {
      const other = await selfSignedCertificate();
      for (const caCertificate of [undefined, other.cert]) {
        expect(await check({ endpoint, caCertificate })).toMatchObject({
          ok: false,
          fault: 'provider',
          code: 'tls_error',
          message: expect.stringContaining('could not be verified'),
        });
      }
    });
  });
});
