import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { versitygw } from '../programs/versitygw';
import { spawnSandbox } from '../testing/sandboxProcess';
import { StateFolder } from '../stateFolder';
import { ObjectStorage, type ObjectStorageOptions } from './ObjectStorage';

// The first run on a machine may build the server.
jest.setTimeout(900_000);

const known = {
  project: 'sandbox',
  accessKey: 'sandbox',
  secretKey: 'chosen-by-the-test',
};

describe('object storage', () => {
  let folder: string;
  let problems: string[];
  const running: ObjectStorage[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-s3-'));
    problems = [];
  });
  afterEach(async () => {
    for (const storage of running.splice(0)) await storage.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(rest: Partial<ObjectStorageOptions> = {}) {
    const storage = await ObjectStorage.open({
      state: new StateFolder(folder),
      host: '127.0.0.1',
      port: 0,
      report: problem => problems.push(problem),
      known,
      ...rest,
    });
    running.push(storage);
    return storage;
  }
  const clientOf = (
    { view }: ObjectStorage,
    { accessKey, secretKey }: { accessKey: string; secretKey: string },
  ) =>
    new S3Client({
      endpoint: view.endpoint,
      region: view.region,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    });
  const errorOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      error => error.name,
    );

  it('keeps what a client writes, over its own restart', async () => {
    const first = await open();
    expect(await first.settled()).toMatchObject({ state: 'running' });
    const client = clientOf(first, known);
    await client.send(new CreateBucketCommand({ Bucket: 'shop-documents' }));
    await client.send(
      new PutObjectCommand({
        Bucket: 'shop-documents',
        Key: 'documents/é.txt',
        Body: 'kept',
      }),
    );
    await running.pop()!.close();

    const second = await open();
    await second.settled();
    const read = await clientOf(second, known).send(
      new GetObjectCommand({
        Bucket: 'shop-documents',
        Key: 'documents/é.txt',
      }),
    );
    expect(await read.Body!.transformToString()).toBe('kept');
    expect(second.list()).toEqual([
      { project: 'sandbox', accessKey: 'sandbox' },
    ]);
  });

  it('lets in the keys that it issued, until they are revoked', async () => {
    const storage = await open();
    await storage.settled();
    const keys = await storage.issue('shop');
    const list = () =>
      errorOf(clientOf(storage, keys).send(new ListBucketsCommand({})));
    expect(await list()).toBe('none');
    expect(
      await errorOf(
        clientOf(storage, { ...keys, secretKey: 'wrong' }).send(
          new ListBucketsCommand({}),
        ),
      ),
    ).toBe('SignatureDoesNotMatch');
    expect(JSON.stringify(storage.list())).not.toContain(keys.secretKey);
    expect(await storage.revoke(keys.accessKey)).toBe(true);
    expect(await storage.revoke(keys.accessKey)).toBe(false);
    expect(await list()).toBe('InvalidAccessKeyId');
  });

  it('keeps the buckets of one pair of keys from the other', async () => {
    const storage = await open();
    await storage.settled();
    const other = clientOf(storage, await storage.issue('other'));
    await other.send(new CreateBucketCommand({ Bucket: 'taken-by-other' }));
    const mine = clientOf(storage, known);
    expect(
      await errorOf(
        mine.send(new CreateBucketCommand({ Bucket: 'taken-by-other' })),
      ),
    ).toBe('BucketAlreadyExists');
    expect((await mine.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual(
      [],
    );
  });

  it('answers with the reason when its program is not to be had', async () => {
    const storage = await open({
      program: {
        ...versitygw(),
        version: '0.0.0',
        release: undefined,
        build: { ...versitygw().build, package: 'example.invalid/none' },
      },
      env: { ...process.env, XPEDITIS_CACHE: path.join(folder, 'cache') },
    });
    const { state, reason } = await storage.settled();
    expect(state).toBe('missing');
    expect(reason).toMatch(/^versitygw 0\.0\.0 is not to be had here\. /);
    expect(problems.at(-1)).toBe(`There is no object storage. ${reason}`);
    await expect(
      clientOf(storage, known).send(new ListBucketsCommand({})),
    ).rejects.toMatchObject({ name: 'ServiceUnavailable', message: reason });
    await expect(storage.issue('shop')).rejects.toThrow(reason);
  });

  it('ends with the sandbox, also when that is killed', async () => {
    const sandbox = spawnSandbox(
      ...['--port', '0', '--s3-port', '0', '--state', folder],
    );
    const control = `${await sandbox.ready}/control/object-storage`;
    const look = async () => (await fetch(control)).json();
    let view = await look();
    while (view.state === 'preparing') view = await look();
    expect(view).toMatchObject({ state: 'running', region: 'fsn1' });
    const made = await fetch(`${control}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ project: 'shop' }),
    });
    const keys = await made.json();
    expect((await look()).keys).toContainEqual({
      project: 'shop',
      accessKey: keys.accessKey,
    });
    sandbox.child.kill('SIGKILL');
    await sandbox.ended;
    const listens = () =>
      fetch(view.endpoint).then(
        () => true,
        () => false,
      );
    // Its port is free; for how long is the business of the machine.
    while (await listens());
    // Another one can have the folder.
    const next = await open();
    expect(await next.settled()).toMatchObject({ state: 'running' });
  });
});
