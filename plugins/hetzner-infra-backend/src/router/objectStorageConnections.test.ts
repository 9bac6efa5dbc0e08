import {
  CreateBucketCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  startSandbox,
  type ObjectStorageKeys,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';

// The first run on a machine may build the S3 server.
jest.setTimeout(900_000);

describe('connections to object storage over HTTP', () => {
  let sandbox: SandboxProcess;
  let keys: ObjectStorageKeys;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({ objectStorage: true });
    keys = await sandbox.objectStorageKeys('shop');
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    portal = await TestPortal.start({
      sandbox,
      config: {
        objectStorage: { endpoint: keys.endpoint },
        connections: [
          {
            name: 'configured',
            kind: 'object-storage',
            owner: 'group:default/platform',
            usableBy: [],
            region: keys.region,
            accessKey: keys.accessKey,
            secretKey: keys.secretKey,
          },
          {
            name: 'keyless',
            kind: 'object-storage',
            owner: 'group:default/platform',
            usableBy: [],
            region: keys.region,
          },
        ],
      },
    });
  });
  afterEach(() => portal.stop());

  const connection = (overrides: object = {}) => ({
    kind: 'object-storage',
    owner: 'group:default/platform',
    usableBy: ['group:default/team-a'],
    region: keys.region,
    secrets: { accessKey: keys.accessKey, secretKey: keys.secretKey },
    ...overrides,
  });
  const put = (body: unknown, name = 'files', who = 'ada') =>
    portal.call(who, 'PUT', `/connections/${name}`, body);
  const client = ({ accessKey, secretKey } = keys) =>
    new S3Client({
      endpoint: keys.endpoint,
      region: keys.region,
      forcePathStyle: true,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    });
  const bucketNames = async () =>
    ((await client().send(new ListBucketsCommand({}))).Buckets ?? []).map(
      ({ Name }) => Name,
    );

  it('takes keys in that can write, leaves nothing behind and never gives them out', async () => {
    const before = await bucketNames();
    const response = await put(connection());
    expect(response.body).toEqual({
      name: 'files',
      kind: 'object-storage',
      owner: 'group:default/platform',
      usableBy: ['group:default/team-a'],
      region: 'fsn1',
      origin: 'api',
      environments: [],
      checkedAt: expect.any(String),
      version: 1,
    });
    const answers = await Promise.all([
      portal.call('ada', 'GET', '/connections'),
      portal.call('ada', 'GET', '/connections/files'),
      portal.call('ada', 'POST', '/connections/files/check'),
      portal.call('ada', 'POST', '/connections/configured/check'),
    ]);
    const works = {
      ok: true,
      code: 'keys-valid',
      message: 'The keys are valid and may write, read and delete.',
    };
    expect(answers.slice(2).map(({ body }) => body)).toEqual([works, works]);
    expect(await bucketNames()).toEqual(before);
    const everything = JSON.stringify([
      answers.map(a => a.body),
      portal.audit,
      portal.logs,
    ]);
    expect(everything).not.toContain(keys.secretKey);
    expect(everything).not.toContain(keys.accessKey);
    expect(portal.audit[0]).toMatchObject({
      meta: { connection: 'files', secrets: ['accessKey', 'secretKey'] },
      outcome: 'success',
    });
  });

  it.each<[string, () => object, string, string]>([
    [
      'an unknown access key',
      () => ({ secrets: { accessKey: 'nobody', secretKey: keys.secretKey } }),
      'secrets.accessKey',
      'The access key is wrong or was deleted.',
    ],
    [
      'another secret key',
      () => ({
        secrets: {
          accessKey: keys.accessKey,
          secretKey: 'nobody-may-see-this-key',
        },
      }),
      'secrets.secretKey',
      'The secret key does not belong to the access key.',
    ],
    [
      'one key only',
      () => ({ secrets: { accessKey: keys.accessKey } }),
      'secrets.secretKey',
      'needs a pair of keys',
    ],
    [
      'a token',
      () => ({ secrets: { token: 'x' } }),
      'secrets',
      'There is no field token here.',
    ],
    [
      'another region',
      () => ({ region: 'nbg1' }),
      'region',
      'The region does not belong to the endpoint.',
    ],
    ['no region', () => ({ region: undefined }), 'region', 'Name the region'],
    [
      'an endpoint without TLS',
      () => ({ endpoint: keys.endpoint }),
      'endpoint',
      'with https',
    ],
    [
      'an endpoint with a path',
      () => ({ endpoint: 'https://fsn1.example.com/bucket' }),
      'endpoint',
      'Give the address alone',
    ],
    [
      'an endpoint that does not speak TLS',
      () => ({ endpoint: keys.endpoint.replace('http:', 'https:') }),
      'endpoint',
      'No secure connection came about',
    ],
    [
      'an endpoint at which nobody listens',
      () => ({ endpoint: 'https://127.0.0.1:1' }),
      'endpoint',
      'There was no connection (ECONNREFUSED)',
    ],
    [
      'a bucket that is not there',
      () => ({ checkBucket: 'nowhere-to-be-found' }),
      'checkBucket',
      'There is no such bucket.',
    ],
  ])('refuses %s and stores nothing', async (_, overrides, path, message) => {
    const response = await put(connection(overrides()));
    expect(response.body.error.fields).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
    expect(response.status).toBe(400);
    expect((await portal.call('ada', 'GET', '/connections/files')).status).toBe(
      404,
    );
    expect(JSON.stringify([response.body, portal.logs])).not.toContain(
      'nobody-may-see-this-key',
    );
  });

  it('refuses keys that may not write in the bucket that is named', async () => {
    const other = await sandbox.objectStorageKeys('other');
    const bucket = 'of-somebody-else';
    await client(other).send(new CreateBucketCommand({ Bucket: bucket }));
    const response = await put(connection({ checkBucket: bucket }));
    expect(response.body.error.fields).toEqual([
      {
        path: 'secrets.accessKey',
        message: expect.stringContaining('The keys may not do this.'),
      },
    ]);
    // Whoever may write there is let in.
    const { accessKey, secretKey } = other;
    const allowed = connection({
      checkBucket: bucket,
      secrets: { accessKey, secretKey },
    });
    expect((await put(allowed)).status).toBe(200);
  });

  it('leaves no version of its probe in a bucket that keeps versions', async () => {
    const Bucket = 'versions-are-kept';
    await client().send(new CreateBucketCommand({ Bucket }));
    await client().send(
      new PutBucketVersioningCommand({
        Bucket,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    expect((await put(connection({ checkBucket: Bucket }))).status).toBe(200);
    const left = await client().send(new ListObjectVersionsCommand({ Bucket }));
    expect([left.Versions ?? [], left.DeleteMarkers ?? []]).toEqual([[], []]);
  });

  it('tries stored keys at another place before it stores that', async () => {
    await put(connection());
    const { secrets, ...rest } = connection({ checkBucket: 'nowhere-at-all' });
    expect((await put(rest)).status).toBe(400);
    const { body } = await portal.call('ada', 'GET', '/connections/files');
    expect(body).not.toHaveProperty('checkBucket');
  });

  it('says at the connection that its keys were revoked', async () => {
    const mine = await sandbox.objectStorageKeys('revoked');
    const { accessKey, secretKey } = mine;
    await put(connection({ secrets: { accessKey, secretKey } }));
    await sandbox.control('DELETE', `/object-storage/keys/${accessKey}`);
    const check = await portal.call('ada', 'POST', '/connections/files/check');
    expect(check.body.ok).toBe(false);
    const { body } = await portal.call('ada', 'GET', '/connections/files');
    expect(body.problem).toContain('The access key is wrong or was deleted.');
    expect(JSON.stringify(body)).not.toContain(accessKey);
  });

  it('says what a connection of the configuration lacks', async () => {
    const check = await portal.call(
      'ada',
      'POST',
      '/connections/keyless/check',
    );
    expect(check.body).toEqual({
      ok: false,
      code: 'InvalidAccessKeyId',
      message: expect.stringContaining('The connection keyless has no keys.'),
    });
  });

  it('is no project, and no project is one', async () => {
    await put(connection());
    const kind = await put({
      kind: 'hetzner',
      owner: 'group:default/platform',
      usableBy: [],
      secrets: { token: 'shop' },
    });
    expect(kind.body.error.fields).toEqual([
      { path: 'kind', message: expect.stringContaining('object-storage') },
    ]);
    const usage = await portal.call('ada', 'GET', '/connections/files/usage');
    expect(usage.status).toBe(404);
    const catalogue = await portal.call(
      'ada',
      'GET',
      '/catalogue?connection=files',
    );
    expect(catalogue.status).toBe(409);
    const orphans = await portal.call('ada', 'GET', '/orphans');
    // Buckets are looked for in both kinds; only what has no keys cannot be read.
    expect(orphans.body.problems).toEqual([
      {
        connection: 'keyless',
        message: expect.stringContaining('has no keys'),
      },
    ]);
  });

  it.each(['bo', 'nobody'])('is not for %s to change', async who => {
    expect((await put(connection(), 'files', who)).status).toBe(403);
  });
});
