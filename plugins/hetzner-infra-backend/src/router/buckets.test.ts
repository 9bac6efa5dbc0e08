import type { Response } from 'supertest';
import {
  startSandbox,
  type ObjectStorageKeys,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';
import {
  connectObjectStorage,
  type ObjectStorage,
} from '../clouds/objectStorage';

// The first run on a machine may build the S3 server.
jest.setTimeout(900_000);

const BUCKET = 'shop-of-prod';

describe('the bucket of an environment over HTTP', () => {
  let sandbox: SandboxProcess;
  let keys: ObjectStorageKeys;
  let storage: ObjectStorage;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({ objectStorage: true });
    keys = await sandbox.objectStorageKeys('shop');
    storage = connectObjectStorage(keys);
  });
  afterAll(async () => {
    storage.close();
    await sandbox.stop();
  });

  beforeEach(async () => {
    portal = await TestPortal.start({
      sandbox,
      config: {
        objectStorage: { endpoint: keys.endpoint },
        prices: {
          objectStorage: {
            description: 'Object storage',
            monthly: '4.99',
            currency: 'EUR',
            source: 'price page',
            asOf: '2026-06-15',
          },
        },
      },
    });
    await portal.call('ada', 'PUT', '/connections/storage', {
      kind: 'object-storage',
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
      region: keys.region,
      secrets: { accessKey: keys.accessKey, secretKey: keys.secretKey },
    });
  });
  afterEach(async () => {
    await portal.stop();
    for (const { name } of await storage.listBuckets()) {
      await storage.empty(name, '');
      await storage.removeBucket(name);
    }
    await sandbox.control('DELETE', '/state');
  });

  const document = (spec: object = {}, metadata: object = {}) => ({
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'prod', owner: 'group:default/platform', ...metadata },
    spec: {
      connections: { hetzner: 'sandbox', objectStorage: 'storage' },
      location: 'fsn1',
      adminAccess: { cidrs: ['203.0.113.7/32'] },
      pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
      data: { objectStorage: { bucket: BUCKET } },
      ...spec,
    },
  });
  const post = (environment: object) =>
    portal.call('ada', 'POST', '/environments', { environment });
  const ended = async ({ status, body }: Response) => {
    expect([status, body]).toEqual([202, body]);
    await portal.follow('ada', body.operation.id);
    return (await portal.call('ada', 'GET', `/operations/${body.operation.id}`))
      .body;
  };
  const get = async (path: string) => {
    const { status, body } = await portal.call('ada', 'GET', path);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const bucketOf = async () =>
    (await get('/environments/prod/resources')).items.find(
      ({ kind }: { kind: string }) => kind === 'bucket',
    );
  const orphans = async () => (await get('/orphans?fresh=true')).items;
  const remove = (query = '') =>
    portal.call('ada', 'DELETE', `/environments/prod${query}`);

  it('is quoted, made, shown with its drift, put right and removed', async () => {
    const { body: quote } = await portal.call('ada', 'POST', '/quotes', {
      environment: document(),
    });
    expect(quote.plan).toContainEqual(
      expect.objectContaining({
        kind: 'bucket',
        title: `Create bucket ${BUCKET}`,
        monthlyDelta: '4.99',
      }),
    );
    expect(await storage.listBuckets()).toEqual([]);

    expect(await ended(await post(document()))).toMatchObject({
      state: 'succeeded',
      steps: expect.arrayContaining([
        expect.objectContaining({ key: 'bucket', providerId: BUCKET }),
      ]),
    });
    expect(await bucketOf()).toMatchObject({
      name: BUCKET,
      state: 'in place',
      drift: [],
      monthly: '4.99',
    });
    expect(await orphans()).toEqual([]);

    await storage.empty(BUCKET, '');
    await storage.removeBucket(BUCKET);
    expect(
      await ended(
        await portal.call('ada', 'POST', '/environments/prod/reconcile'),
      ),
    ).toMatchObject({ state: 'succeeded' });
    expect((await storage.listBuckets()).map(({ name }) => name)).toEqual([
      BUCKET,
    ]);

    expect(await ended(await remove('?data=delete'))).toMatchObject({
      state: 'succeeded',
    });
    expect(await storage.listBuckets()).toEqual([]);
    expect(await orphans()).toEqual([]);
  });

  it('stays with its data, is listed with its cost, and is released by its name', async () => {
    await ended(await post(document()));
    await storage.write(BUCKET, 'documents/a', 'x');
    expect(await ended(await remove('?data=delete'))).toMatchObject({
      state: 'succeeded',
    });
    expect(await storage.read(BUCKET, 'documents/a')).toBe('x');
    const [kept, ...others] = await orphans();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      id: `storage.bucket.${BUCKET}`,
      kind: 'bucket',
      name: BUCKET,
      reason: 'retained',
      environment: 'prod',
      monthly: '4.99',
      currency: 'EUR',
      adoptable: false,
    });

    const again = await ended(await post(document()));
    expect(again).toMatchObject({ state: 'failed' });
    expect(again.error.message).toContain(
      'It is kept for the data of prod, which was removed. Release it on the page Orphans',
    );
    expect(await storage.read(BUCKET, 'documents/a')).toBe('x');

    const unused = await portal.call('ada', 'DELETE', '/connections/storage');
    expect(unused.status).toBe(409);
    expect(unused.body.error.message).toContain(
      `the bucket ${BUCKET}, which is kept for its data`,
    );

    const path = `/orphans/${kept.id}`;
    const wrong = await portal.call('ada', 'DELETE', path, { name: 'other' });
    expect(wrong.status).toBe(400);
    const released = await portal.call('ada', 'DELETE', path, { name: BUCKET });
    expect(released.status).toBe(204);
    expect(await storage.listBuckets()).toEqual([]);
    expect(
      (await portal.call('ada', 'DELETE', '/connections/storage')).status,
    ).toBe(204);
  });

  it('goes with its data when the removal names it, and nothing else does', async () => {
    await ended(await post(document()));
    await storage.write(BUCKET, 'documents/a', 'x');
    for (const query of [
      `?data=keep&bucket=${BUCKET}`,
      '?data=delete&bucket=another',
    ]) {
      const refused = await remove(query);
      expect([refused.status, refused.body.error.fields]).toEqual([
        400,
        [expect.objectContaining({ path: 'bucket' })],
      ]);
    }
    expect(
      await ended(await remove(`?data=delete&bucket=${BUCKET}`)),
    ).toMatchObject({ state: 'succeeded' });
    expect(await storage.listBuckets()).toEqual([]);
  });

  it('is refused where its connection does not fit', async () => {
    const refusal = async (connections: object) => {
      const { status, body } = await post(document({ connections }));
      return [status, body.error.fields];
    };
    const field = (words: string) => [
      expect.objectContaining({
        path: 'spec.connections.objectStorage',
        message: expect.stringContaining(words),
      }),
    ];
    expect(await refusal({ hetzner: 'sandbox' })).toEqual([
      400,
      field('Choose the connection'),
    ]);
    expect(
      await refusal({ hetzner: 'sandbox', objectStorage: 'none' }),
    ).toEqual([400, field('no connection named none')]);
    expect(
      await refusal({ hetzner: 'sandbox', objectStorage: 'sandbox' }),
    ).toEqual([400, field('is no object storage')]);
  });

  it('can be added to what stands, and neither renamed nor taken away', async () => {
    const connections = { hetzner: 'sandbox' };
    await ended(await post(document({ connections, data: undefined })));
    const change = async (environment: object) =>
      portal.call('ada', 'PUT', '/environments/prod', {
        environment,
        revision: (await get('/environments/prod')).revision,
      });
    expect(await ended(await change(document()))).toMatchObject({
      state: 'succeeded',
    });
    expect(await bucketOf()).toMatchObject({ name: BUCKET });
    expect(
      (await portal.call('ada', 'DELETE', '/connections/storage')).body.error
        .message,
    ).toContain('is used by prod');

    for (const spec of [
      { data: { objectStorage: { bucket: 'another' } } },
      { data: undefined },
    ]) {
      const refused = await change(document(spec));
      expect([refused.status, refused.body.error.fields]).toEqual([
        400,
        [
          expect.objectContaining({
            path: 'spec.data.objectStorage.bucket',
            message: expect.stringContaining('because of the data'),
          }),
        ],
      ]);
    }
  });

  it('that is somebody’s ends the create, which leaves nothing', async () => {
    await storage.makeBucket(BUCKET);
    const failed = await ended(await post(document()));
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'foreign_object' },
    });
    expect(failed.error.message).toContain('The name shop-of-prod is taken.');
    expect((await storage.listBuckets()).map(({ name }) => name)).toEqual([
      BUCKET,
    ]);
    expect(await orphans()).toEqual([]);
  });
});
