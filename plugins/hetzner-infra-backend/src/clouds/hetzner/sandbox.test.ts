import {
  hetznerDescription,
  startSandbox,
  type SandboxProcess,
} from '../../__testUtils__/sandboxProcess';
import { systemClock } from '../clock';
import { RateBudget } from '../RateBudget';
import type { Action } from './apiTypes';
import { connectHetzner } from './connectHetzner';
import { createOrAdopt, type CreateBody } from './createOrAdopt';
import type { CallReport, HetznerConnection } from './HetznerCloud';

const judge = hetznerDescription() !== undefined;
if (!judge) {
  process.stderr.write(
    'No description of the Hetzner Cloud API here: what is sent is not checked against it. Set HETZNER_OPENAPI.\n',
  );
}

const labels = {
  'infra.xpeditis.com/installation': 'inst-1',
  'infra.xpeditis.com/environment-id': 'env-1',
};
const selector = 'infra.xpeditis.com/environment-id=env-1';

function serverNamed(name: string): CreateBody<'/servers'> {
  return {
    name,
    labels,
    server_type: 'cx23',
    image: 'ubuntu-24.04',
    location: 'fsn1',
    public_net: { enable_ipv4: true, enable_ipv6: true },
  };
}

jest.setTimeout(90_000);

describe('against the sandbox', () => {
  let sandbox: SandboxProcess;
  let cloud: HetznerConnection;
  let reports: CallReport[];

  beforeAll(async () => {
    sandbox = await startSandbox({ speed: 1000, judge });
  });

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    await sandbox.control('PUT', '/settings', { speed: 1000 });
    reports = [];
    cloud = connectHetzner({
      token: 'sandbox',
      endpoint: sandbox.hetznerEndpoint,
      pollPacing: {
        firstSeconds: 0.02,
        everySeconds: 0.05,
        spendSeconds: 1,
        mostSavedCalls: 8,
      },
      // A sandbox that restarts on a loaded machine takes a while.
      retryLimits: { attempts: 100, baseSeconds: 0.05, capSeconds: 0.5 },
      onCall: report => reports.push(report),
    });
  });

  afterEach(async () => {
    cloud.close();
    await refuseForeignRequests();
  });
  afterAll(() => sandbox.stop());

  /** Every request of every test has to be one that the official description allows. */
  async function refuseForeignRequests(): Promise<void> {
    if (!judge) {
      return;
    }
    const violations = await sandbox.control('GET', '/violations');
    const ours = (violations as { where: string; status: number }[]).filter(
      // An injected fault answers 5xx before the request was read.
      ({ where, status }) => where === 'request' && status < 500,
    );
    if (ours.length > 0) {
      throw new Error(`Not as described: ${JSON.stringify(ours, null, 2)}`);
    }
  }

  const fault = (effect: unknown, match: object, times = 1) =>
    sandbox.control('PUT', '/faults', [{ id: 'f', match, times, effect }]);

  /** What the sandbox has under this name: the truth, past the port's own faults. */
  const serversNamed = async (name: string) =>
    (await cloud.listAll('/servers', { name })).map(({ id }) => id);

  it('creates, waits, finds by label, changes and removes', async () => {
    const { resource: network } = await createOrAdopt(cloud, '/networks', {
      name: 'n',
      labels,
      ip_range: '10.0.0.0/16',
      subnets: [
        { type: 'cloud', ip_range: '10.0.1.0/24', network_zone: 'eu-central' },
      ],
    });
    const progress: number[] = [];
    const { resource: server, actions } = await createOrAdopt(
      cloud,
      '/servers',
      { ...serverNamed('web-1'), networks: [network.id] },
    );
    const ended = await cloud.waitFor(actions, {
      onProgress: percent => progress.push(percent),
    });
    expect(ended.map(({ command, status }) => [command, status])).toEqual([
      ['create_server', 'success'],
      ['start_server', 'success'],
      ['attach_to_network', 'success'],
    ]);
    expect(progress.at(-1)).toBe(100);

    const found = await cloud.listAll('/servers', { label_selector: selector });
    expect(found).toMatchObject([
      {
        id: server.id,
        status: 'running',
        private_net: [{ network: network.id }],
      },
    ]);
    await cloud.put('/servers/{id}', {
      path: { id: server.id },
      body: { name: 'web-2', labels },
    });
    const { server: renamed } = await cloud.get('/servers/{id}', {
      path: { id: server.id },
    });
    expect(renamed.name).toBe('web-2');

    const { action } = await cloud.delete('/servers/{id}', {
      path: { id: server.id },
    });
    await cloud.waitFor([action]);
    await expect(
      cloud.get('/servers/{id}', { path: { id: server.id } }),
    ).rejects.toMatchObject({
      code: 'not_found',
      correlationId: expect.stringMatching(/^[0-9a-f]+$/),
    });
  });

  it('reads all pages', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `key-${i}`);
    for (const name of names) {
      await cloud.post('/ssh_keys', {
        body: {
          name,
          public_key: `ssh-ed25519 ${Buffer.concat([
            Buffer.from('0000000b7373682d6564323535313900000020', 'hex'),
            Buffer.alloc(32, name),
          ]).toString('base64')}`,
        },
      });
    }
    const keys = await cloud.listAll('/ssh_keys');
    expect(keys.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it.each([
    ['the connection broke after it was done', 'drop-after'],
    ['the connection broke before it was done', 'drop-before'],
    [
      'a gateway gave up although it was done',
      { status: 504, code: 'timeout', message: 'timed out', after: true },
    ],
    [
      'a gateway gave up before it was done',
      { status: 502, code: 'bad_gateway', message: 'bad gateway' },
    ],
  ])('makes one server, no twin, when %s', async (_, effect) => {
    await fault(effect, { method: 'POST', path: '/servers' });
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/servers',
      serverNamed('web-1'),
    );
    await cloud.waitFor(actions);
    expect(await serversNamed('web-1')).toEqual([resource.id]);
    const { server } = await cloud.get('/servers/{id}', {
      path: { id: resource.id },
    });
    expect(server.status).toBe('running');
  });

  it('makes one server when two create it at once', async () => {
    const [first, second] = await Promise.all([
      createOrAdopt(cloud, '/servers', serverNamed('web-1')),
      createOrAdopt(cloud, '/servers', serverNamed('web-1')),
    ]);
    expect(first.resource.id).toBe(second.resource.id);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
  });

  it('leaves what belongs to another installation alone', async () => {
    const foreign = await createOrAdopt(cloud, '/placement_groups', {
      name: 'web',
      type: 'spread',
      labels: { ...labels, 'infra.xpeditis.com/installation': 'inst-2' },
    });
    await expect(
      createOrAdopt(cloud, '/placement_groups', {
        name: 'web',
        type: 'spread',
        labels,
      }),
    ).rejects.toMatchObject({
      code: 'foreign_object',
      object: { kind: 'placement_groups', id: foreign.resource.id },
    });
  });

  it('waits until a locked server is free', async () => {
    // Slow enough that the create still runs when the delete comes.
    await sandbox.control('PUT', '/settings', { speed: 20 });
    const { resource } = await createOrAdopt(
      cloud,
      '/servers',
      serverNamed('web-1'),
    );
    // The create still runs, so this is refused until it has ended.
    const { action } = await cloud.delete('/servers/{id}', {
      path: { id: resource.id },
    });
    await cloud.waitFor([action]);
    expect(reports.some(({ errorCode }) => errorCode === 'locked')).toBe(true);
    expect(await serversNamed('web-1')).toEqual([]);
  });

  it('tells why an action failed', async () => {
    await fault(
      { actionError: { code: 'unknown_error', message: 'no host found' } },
      { method: 'POST', path: '/servers' },
    );
    const { actions } = await createOrAdopt(
      cloud,
      '/servers',
      serverNamed('web-1'),
    );
    await expect(cloud.waitFor(actions)).rejects.toMatchObject({
      code: 'unknown_error',
      message: expect.stringContaining('no host found'),
      action: { command: 'create_server' },
    });
  });

  it('waits for many servers at once', async () => {
    const created = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        createOrAdopt(cloud, '/servers', serverNamed(`web-${i}`)),
      ),
    );
    const ended = await Promise.all(
      created.map(({ actions }) => cloud.scoped({}).waitFor(actions)),
    );
    expect(ended.flat()).toHaveLength(24);
    const polls = reports.filter(
      ({ pathTemplate }) => pathTemplate === '/actions',
    );
    expect(polls.length).toBeGreaterThan(0);
  });

  it('says which action nobody knows', async () => {
    const unknown = { id: 999_999_999, status: 'running', progress: 0 };
    await expect(cloud.waitFor([unknown as Action])).rejects.toMatchObject({
      code: 'action_not_found',
    });
  });

  it('goes on waiting when the API is away for a while', async () => {
    await sandbox.control('PUT', '/settings', { speed: 20 });
    const { actions, resource } = await createOrAdopt(
      cloud,
      '/servers',
      serverNamed('web-1'),
    );
    const waiting = cloud.waitFor(actions);
    await sandbox.kill();
    await Promise.all([waiting, sandbox.restart()]);
    expect(reports.map(({ errorCode }) => errorCode)).toContain(
      'connection_failed',
    );
    expect(await serversNamed('web-1')).toEqual([resource.id]);
  });

  it('knows what other clients of the project have used', async () => {
    await sandbox.control('PUT', '/settings', {
      speed: 1,
      rateLimit: { limit: 200 },
    });
    const other = connectHetzner({
      token: 'sandbox',
      endpoint: sandbox.hetznerEndpoint,
    });
    await Promise.all(
      Array.from({ length: 20 }, () => other.get('/locations')),
    );
    other.close();
    const budget = new RateBudget({ clock: systemClock });
    const corrected = connectHetzner({
      token: 'sandbox',
      endpoint: sandbox.hetznerEndpoint,
      budget,
    });
    await corrected.get('/locations');
    corrected.close();
    const { limit, remaining } = budget.status();
    expect(limit).toBe(200);
    expect(remaining).toBeLessThan(190);
    await sandbox.control('PUT', '/settings', { rateLimit: { limit: 3600 } });
  });

  it('refuses a wrong endpoint with a sentence about it', async () => {
    const wrong = connectHetzner({
      token: 'sandbox',
      endpoint: `${sandbox.url}/control`,
    });
    await expect(wrong.get('/servers')).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringContaining('Check the endpoint'),
    });
    wrong.close();
  });
});
