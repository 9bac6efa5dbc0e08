import { randomBytes } from 'node:crypto';
import type {
  ActualResource,
  BucketState,
  Owner,
  ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { MemoryBuckets } from '../__testUtils__/memoryBuckets';
import {
  startSandbox,
  type ObjectStorageKeys,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { settingsProxy } from '../__testUtils__/settingsProxy';
import { TestProject } from '../__testUtils__/testProject';
import {
  connectObjectStorage,
  type ObjectStorage,
  type StorageScope,
} from '../clouds/objectStorage';
import { bucketDriver } from './bucket';
import { OWNER_MARK } from './ownerMark';

// The first run on a machine may build the S3 server.
jest.setTimeout(900_000);

const randomName = () => `shop-${randomBytes(5).toString('hex')}`;

describe('the driver of buckets', () => {
  let sandbox: SandboxProcess;
  let keys: ObjectStorageKeys;
  let storage: ObjectStorage;
  let project: TestProject;
  let buckets: MemoryBuckets;
  let bucket: string;
  const opened: { close(): void }[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ objectStorage: true });
    keys = await sandbox.objectStorageKeys('shop');
    storage = connectObjectStorage(keys);
    opened.push(storage);
  });
  afterAll(async () => {
    opened.forEach(one => one.close());
    await sandbox.stop();
  });

  beforeEach(() => {
    project = new TestProject(sandbox);
    opened.push(project.cloud);
    buckets = new MemoryBuckets(async () => storage);
    project.buckets = buckets;
    bucket = randomName();
  });

  const node = (): ResourceNode<'bucket'> => ({
    kind: 'bucket',
    key: 'bucket',
    desired: {
      connection: 'storage',
      bucket,
      mark: 'on',
      versioning: 'on',
      lifecycle: 'on',
      publicAccessBlock: 'on',
      retained: false,
    },
    needs: [],
  });
  const observe = async (owner: Owner = project.owner) => {
    const describe = await bucketDriver.observe({
      ...project.context(),
      owner,
      wanted: [node() as ResourceNode],
    });
    return describe({ keyOf: () => '' });
  };
  const found = async (): Promise<ActualResource<'bucket'>> => {
    const [only, ...more] = await observe();
    expect(more).toEqual([]);
    return only;
  };
  const stateOf = async (): Promise<BucketState> => (await found()).state;
  const remove = async (withData: string[] = []) =>
    bucketDriver.remove(await found(), project.context({ withData }));
  const names = async () =>
    (await storage.listBuckets()).map(({ name }) => name);

  it('makes it, marks it, and says what its provider has not', async () => {
    expect(await observe()).toEqual([]);
    expect(await project.make(node())).toBe(bucket);
    expect(await found()).toMatchObject({
      key: 'bucket',
      providerId: bucket,
      name: bucket,
      owned: true,
      labels: {
        'infra.xpeditis.com/environment-id': project.owner.environmentId,
        'infra.xpeditis.com/created-by': 'operation-1',
      },
      state: {
        mark: 'on',
        versioning: 'on',
        lifecycle: 'unavailable',
        publicAccessBlock: 'unavailable',
        retained: false,
      },
      details: { 'Lifecycle rules': 'unavailable', Versioning: 'on' },
    });
    expect(await project.differencesOf(node())).toEqual([]);
    expect(project.logged).toEqual([
      expect.stringContaining('no lifecycle rules'),
    ]);
    expect(buckets.claims).toMatchObject([{ bucket, made: true }]);
  });

  it('sets what a provider has besides, and puts it right', async () => {
    const proxy = await settingsProxy(keys.endpoint);
    const through = connectObjectStorage({ ...keys, endpoint: proxy.endpoint });
    project.buckets = buckets = new MemoryBuckets(async () => through);
    try {
      await project.make(node());
      expect(await stateOf()).toMatchObject({
        lifecycle: 'on',
        publicAccessBlock: 'on',
      });
      const rules = proxy.kept.get(`/${bucket} lifecycle`)!;
      expect(rules).toContain('<NoncurrentDays>30</NoncurrentDays>');
      expect(rules).toContain('<DaysAfterInitiation>7</DaysAfterInitiation>');
      proxy.kept.clear();
      expect(
        (await project.differencesOf(node())).map(({ field }) => field),
      ).toEqual(['lifecycle', 'publicAccessBlock']);
      await project.update(node());
      expect(await project.differencesOf(node())).toEqual([]);
    } finally {
      through.close();
      await proxy.stop();
    }
  });

  it('puts back its mark, which is known by the claim', async () => {
    await project.make(node());
    await storage.write(bucket, 'documents/a', 'kept');
    await storage.deleteForGood(bucket, OWNER_MARK);
    expect(
      (await project.differencesOf(node())).map(({ field }) => field),
    ).toEqual(['mark']);
    await project.update(node());
    expect(await project.differencesOf(node())).toEqual([]);
    expect(await storage.read(bucket, 'documents/a')).toBe('kept');
  });

  it('fails instead of trying for ever where a mark cannot be put back', async () => {
    await project.make(node());
    // versitygw shows nothing again under a key that was deleted once.
    await storage.delete(bucket, OWNER_MARK);
    await expect(project.update(node())).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringContaining('cannot be read back'),
    });
  });

  it('is missing when it vanished, and is made again', async () => {
    await project.make(node());
    await storage.empty(bucket, OWNER_MARK);
    await storage.removeBucket(bucket);
    expect(await observe()).toEqual([]);
    await project.make(node());
    expect(await project.differencesOf(node())).toEqual([]);
  });

  describe('a name that is taken', () => {
    const refusal = (message: string) => ({
      code: 'foreign_object',
      object: { kind: 'buckets', name: bucket },
      message: expect.stringContaining(message),
    });

    it('by another customer is refused', async () => {
      const other = connectObjectStorage(
        await sandbox.objectStorageKeys('other'),
      );
      opened.push(other);
      await other.makeBucket(bucket);
      await expect(project.make(node())).rejects.toMatchObject(
        refusal('belongs to somebody else'),
      );
      expect(await observe()).toEqual([]);
    });

    it('in the same project, with or without anything in it, is refused', async () => {
      await storage.makeBucket(bucket);
      await expect(project.make(node())).rejects.toMatchObject(
        refusal('nothing says that it is this environment’s'),
      );
      await storage.write(bucket, 'their/data', 'x');
      await expect(project.make(node())).rejects.toMatchObject(refusal(''));
      expect(await storage.read(bucket, 'their/data')).toBe('x');
      await expect(storage.read(bucket, OWNER_MARK)).rejects.toMatchObject({
        code: 'NoSuchKey',
      });
    });

    it.each([
      ['another portal', { installation: 'other' }, 'of another portal'],
      ['another environment', { environmentId: 'x' }, 'the environment shop'],
    ])('by %s is refused', async (_whose, change, words) => {
      const owner = { ...project.owner, environment: 'shop', ...change };
      await project.make(node(), { owner });
      buckets.claims.splice(0);
      await expect(project.make(node())).rejects.toMatchObject(refusal(words));
      expect(await observe()).toEqual([]);
    });

    it('and a claim do not make data ours that somebody put there', async () => {
      await buckets.claim('storage', bucket);
      await storage.makeBucket(bucket);
      await storage.write(bucket, 'their/data', 'x');
      expect(await observe()).toEqual([]);
      await expect(project.make(node())).rejects.toMatchObject(refusal(''));
    });
  });

  describe('at its end', () => {
    beforeEach(() => project.make(node()));

    it('goes when nothing is in it', async () => {
      // It leaves a mark of deletion, which is no data.
      const { version } = await storage.write(bucket, 'documents/a', 'x');
      await storage.delete(bucket, 'documents/a');
      await storage.delete(bucket, 'documents/a', version);
      await remove();
      expect(await names()).not.toContain(bucket);
      expect(await observe()).toEqual([]);
    });

    it('stays with its data, and says so, until it is asked for by name', async () => {
      await storage.write(bucket, 'documents/a', 'x');
      await remove(['another-name']);
      expect(await found()).toMatchObject({
        state: { retained: true, mark: 'on' },
        labels: { 'infra.xpeditis.com/retained-by': 'operation-1' },
      });
      expect(buckets.claims).toMatchObject([{ isRetained: true }]);
      expect(project.logged.at(-1)).toContain('until it is released');
      expect(await storage.read(bucket, 'documents/a')).toBe('x');

      await remove([bucket]);
      expect(await names()).not.toContain(bucket);
      expect(buckets.claims).toMatchObject([{ isRetained: false }]);
    });

    it('counts old versions as data', async () => {
      await storage.write(bucket, 'documents/a', 'x');
      await storage.delete(bucket, 'documents/a');
      await remove();
      expect(await stateOf()).toMatchObject({ retained: true });
    });

    it('is wanted again', async () => {
      await storage.write(bucket, 'documents/a', 'x');
      await remove();
      expect(
        (await project.differencesOf(node())).map(({ field }) => field),
      ).toEqual(['retained']);
      await project.update(node());
      expect(await stateOf()).toMatchObject({ retained: false });
    });

    it('empties many objects', async () => {
      for (let index = 0; index < 30; index++) {
        await storage.write(bucket, `logs/${index}`, 'x');
        await storage.write(bucket, `logs/${index}`, 'y');
        await storage.delete(bucket, `logs/${index}`);
      }
      await remove([bucket]);
      expect(await names()).not.toContain(bucket);
    });
  });

  describe('cut off before or after any call', () => {
    /** Stops at the nth call, as a kill does. */
    const cutOff = (nth: number, when: 'before' | 'after') => {
      let calls = 0;
      const stop = () => {
        throw new Error('cut off');
      };
      const scope: StorageScope = {
        beforeCall: async () => {
          calls += 1;
          if (when === 'before' && calls === nth) stop();
          if (when === 'after' && calls === nth + 1) stop();
        },
      };
      return { scope, reached: () => calls >= nth };
    };

    const each = async (
      when: 'before' | 'after',
      begin: () => Promise<void>,
      change: (cut: MemoryBuckets) => Promise<unknown>,
      check: () => Promise<void>,
    ) => {
      for (let nth = 1; ; nth++) {
        bucket = randomName();
        await begin();
        const { scope, reached } = cutOff(nth, when);
        await change(buckets.scoped(scope)).catch(error => {
          if (!String(error).includes('cut off')) throw error;
        });
        if (!reached()) return nth - 1;
        await check();
      }
    };

    it.each(['before', 'after'] as const)(
      'is made once in the end (%s)',
      async when => {
        const calls = await each(
          when,
          async () => {
            buckets.claims.splice(0);
          },
          cut => project.make(node(), { buckets: cut }),
          async () => {
            await project.make(node());
            expect(await project.differencesOf(node())).toEqual([]);
          },
        );
        expect(calls).toBeGreaterThan(5);
      },
    );

    it.each(['before', 'after'] as const)(
      'leaves nothing that is not seen when it is undone (%s)',
      async when => {
        await each(
          when,
          async () => {
            buckets.claims.splice(0);
          },
          cut => project.make(node(), { buckets: cut }),
          async () => {
            for (const one of await observe()) {
              await bucketDriver.remove(one, project.context());
            }
            expect(await names()).not.toContain(bucket);
          },
        );
      },
    );

    it.each(['before', 'after'] as const)(
      'goes in the end, with its data (%s)',
      async when => {
        const calls = await each(
          when,
          async () => {
            buckets.claims.splice(0);
            await project.make(node());
            await storage.write(bucket, 'documents/a', 'x');
          },
          async cut =>
            bucketDriver.remove(
              await found(),
              project.context({ buckets: cut, withData: [bucket] }),
            ),
          async () => {
            for (const one of await observe()) {
              await bucketDriver.remove(
                one,
                project.context({ withData: [bucket] }),
              );
            }
            expect(await names()).not.toContain(bucket);
          },
        );
        expect(calls).toBeGreaterThan(4);
      },
    );
  });

  it('sends nothing when the lease is gone, and says so unchanged', async () => {
    const gone = new Error('the lease is gone');
    const cut = buckets.scoped({
      beforeCall: async ({ method }) => {
        if (method !== 'GET') throw gone;
      },
    });
    await expect(project.make(node(), { buckets: cut })).rejects.toBe(gone);
    expect(await names()).not.toContain(bucket);
  });

  it('ends when it is not wanted any more', async () => {
    const cut = buckets.scoped({ signal: AbortSignal.abort() });
    await expect(project.make(node(), { buckets: cut })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
