import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

const SERVER = {
  name: 'a',
  server_type: 'cx23',
  image: 'debian-13',
  location: 'fsn1',
};

describe('the clock of the control API', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest({ speed: 1 });
    await sandbox.control('POST /clock', { mode: 'manual' });
  });
  afterEach(() => sandbox.close());

  const clock = async (body: object) =>
    (await sandbox.control('POST /clock', body)).body;
  const read = async () => (await sandbox.control('GET /clock')).body;

  it('ends actions when it is advanced, and only then', async () => {
    const { server, action } = await sandbox.ok('POST /servers', SERVER);
    const status = async () =>
      (await sandbox.ok(`GET /servers/${server.id}`)).server.status;
    const { nextEndSeconds, runningActions } = await read();
    expect(runningActions).toBe(2);
    expect(nextEndSeconds).toBeGreaterThan(6);
    await clock({ advanceSeconds: nextEndSeconds - 0.1 });
    expect(await status()).toBe('initializing');
    await clock({ advanceSeconds: 0.2 });
    expect(await status()).toBe('starting');
    const ended = await sandbox.ok(`GET /actions/${action.id}`);
    expect(ended.action.status).toBe('success');
    expect(await clock({ advanceSeconds: 60 })).toMatchObject({
      runningActions: 0,
      nextEndSeconds: null,
    });
    expect(await status()).toBe('running');
  });

  it('fills the bucket of requests', async () => {
    const remaining = async () =>
      Number(
        (await sandbox.api('GET /locations')).headers.get(
          'ratelimit-remaining',
        ),
      );
    expect(await remaining()).toBe(3599);
    expect(await remaining()).toBe(3598);
    expect(await remaining()).toBe(3597);
    await clock({ advanceSeconds: 2 });
    expect(await remaining()).toBe(3598);
  });

  it('lets health checks come to their result', async () => {
    const created = await sandbox.ok('POST /servers', SERVER);
    await clock({ advanceSeconds: 60 });
    const { load_balancer: made } = await sandbox.ok('POST /load_balancers', {
      name: 'lb',
      load_balancer_type: 'lb11',
      location: 'fsn1',
      services: [{ protocol: 'tcp', listen_port: 80, destination_port: 80 }],
      targets: [{ type: 'server', server: { id: created.server.id } }],
    });
    const health = async () =>
      (await sandbox.ok(`GET /load_balancers/${made.id}`)).load_balancer
        .targets[0].health_status[0].status;
    expect(await health()).toBe('unknown');
    await clock({ advanceSeconds: 46 });
    expect(await health()).toBe('unhealthy');
  });

  it('counts seconds of the cloud at any speed', async () => {
    const start = Date.parse((await read()).now);
    const now = async (body: object) =>
      Math.round(Date.parse((await clock(body)).now) - start);
    expect(await now({ speed: 10, advanceSeconds: 10 })).toBe(1000);
    expect(await now({ speed: 100, advanceSeconds: 10 })).toBe(1100);
    expect((await sandbox.control('GET /settings')).body.speed).toBe(100);
  });

  it('goes on from where it stood', async () => {
    await clock({ advanceSeconds: 3600 });
    const { aheadSeconds } = await clock({ mode: 'running' });
    expect(aheadSeconds).toBeGreaterThan(3500);
    expect(aheadSeconds).toBeLessThanOrEqual(3600);
    const { action } = await sandbox.ok('POST /servers', SERVER);
    expect(Date.parse(action.started)).toBeGreaterThan(Date.now() + 3_500_000);
    await clock({ speed: 1000 });
    await sandbox.settled({ action });
  });

  it.each([
    { mode: 'backwards' },
    { speed: 0 },
    { advanceSeconds: -1 },
    { advanceSeconds: 1e12 },
    { tempo: 1 },
  ])('is not changed by %j', async change => {
    const before = await read();
    expect((await sandbox.control('POST /clock', change)).status).toBe(400);
    expect((await read()).now).toBe(before.now);
  });
});
