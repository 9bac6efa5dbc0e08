import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

const server = (name: string, more: object = {}) => ({
  name,
  server_type: 'cx23',
  image: 'debian-13',
  location: 'fsn1',
  ...more,
});

describe('capacity over HTTP', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
    await sandbox.control('POST /clock', { mode: 'manual' });
  });
  afterEach(() => sandbox.close());

  const set = (...limits: object[]) => sandbox.control('PUT /capacity', limits);
  const create = async (name: string, more?: object) => {
    const { status, body } = await sandbox.api(
      'POST /servers',
      server(name, more),
    );
    return body.error
      ? `${status} ${body.error.code}: ${body.error.message}`
      : body.server.location.name;
  };
  const availability = async () => {
    const { server_types: types } = await sandbox.ok(
      'GET /server_types?name=cx23',
    );
    return Object.fromEntries(
      types[0].locations.map(
        ({ name, available }: { name: string; available: boolean }) => [
          name,
          available,
        ],
      ),
    );
  };

  const SOLD_OUT = '412 resource_unavailable: error during placement';

  it('runs out in the middle of a rollout, and comes back', async () => {
    await set({
      serverType: 'cx23',
      location: 'fsn1',
      left: 2,
      recoversAfterSeconds: 600,
    });
    expect(await create('a')).toBe('fsn1');
    expect(await availability()).toMatchObject({ fsn1: true, nbg1: true });
    expect(await create('b')).toBe('fsn1');
    expect(await create('c')).toBe(SOLD_OUT);
    expect(await availability()).toMatchObject({ fsn1: false, nbg1: true });
    expect(await create('c', { location: 'nbg1' })).toBe('nbg1');
    expect(await create('d', { server_type: 'cx33' })).toBe('fsn1');
    expect(await create('e', { location: undefined })).toBe('nbg1');
    expect((await sandbox.control('GET /capacity')).body).toMatchObject([
      { serverType: 'cx23', location: 'fsn1', left: 0 },
    ]);
    await sandbox.control('POST /clock', { advanceSeconds: 601 });
    expect(await create('f')).toBe('fsn1');
    expect((await sandbox.control('GET /capacity')).body).toEqual([]);
  });

  it('may be missing for every type of a location', async () => {
    await set({ serverType: '*', location: 'fsn1' });
    expect(await create('a')).toBe(
      '412 resource_unavailable: server location disabled',
    );
    await sandbox.control('DELETE /capacity');
    expect(await create('a')).toBe('fsn1');
  });

  it('is asked for when a server changes its type', async () => {
    const { server: made } = await sandbox.ok(
      'POST /servers',
      server('a', { start_after_create: false }),
    );
    await sandbox.control('POST /clock', { advanceSeconds: 60 });
    await set({ serverType: 'cx33', location: '*' });
    const route = `POST /servers/${made.id}/actions/change_type`;
    const wish = { server_type: 'cx33', upgrade_disk: false };
    expect(await sandbox.refusal(route, wish)).toBe('412 resource_unavailable');
    await sandbox.control('DELETE /capacity');
    await sandbox.ok(route, wish);
  });

  it('ends for a type that is retired', async () => {
    const retire = (unavailableAfter: string) =>
      sandbox.control('PUT /settings', {
        deprecations: [
          {
            serverType: 'cx23',
            announced: '2020-01-01T00:00:00Z',
            unavailableAfter,
          },
        ],
      });
    await retire('2999-01-01T00:00:00Z');
    expect(await create('a')).toBe('fsn1');
    const { server_types: types } = await sandbox.ok(
      'GET /server_types?name=cx23',
    );
    expect(types[0].locations[0]).toMatchObject({
      deprecation: {
        announced: '2020-01-01T00:00:00Z',
        unavailable_after: '2999-01-01T00:00:00Z',
      },
      available: true,
    });
    await retire('2020-06-01T00:00:00Z');
    expect(await create('b')).toBe(
      '422 invalid_input: unsupported location for server type',
    );
    expect(await availability()).toMatchObject({ fsn1: false, nbg1: false });
  });

  it.each([
    [{ serverType: 'cx23' }],
    [{ serverType: 'cx23', location: 'fsn1', left: -1 }],
    [{ serverType: 'cx23', location: 'fsn1', recoversAfterSeconds: 0 }],
  ])('is not limited by %j', async limit => {
    expect((await set(limit)).status).toBe(400);
    expect((await sandbox.control('GET /capacity')).body).toEqual([]);
  });
});
