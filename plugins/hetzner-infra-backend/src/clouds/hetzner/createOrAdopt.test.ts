import { InstantClock } from '../../__testUtils__/InstantClock';
import {
  html,
  json,
  refusal,
  reset,
  ScriptedServer,
  type Reply,
} from '../../__testUtils__/ScriptedServer';
import { connectHetzner } from './connectHetzner';
import { createOrAdopt, type CreateBody } from './createOrAdopt';
import type { HetznerConnection } from './HetznerCloud';

const labels = {
  'infra.xpeditis.com/installation': 'inst-1',
  'infra.xpeditis.com/environment-id': 'env-1',
  'infra.xpeditis.com/key': 'web-1',
};
const body: CreateBody<'/servers'> = {
  name: 'prod-web-1',
  labels,
  server_type: 'cx43',
  image: 'ubuntu-24.04',
};
const running = {
  id: 7,
  command: 'create_server',
  status: 'running',
  progress: 0,
  resources: [],
  error: null,
};
const startServer = { ...running, id: 8, command: 'start_server' };
const mine = { id: 42, name: 'prod-web-1', labels };
const created = json(201, {
  server: mine,
  action: running,
  next_actions: [startServer],
  root_password: 'hunter2',
});
const nameTaken = refusal(
  409,
  'uniqueness_error',
  'server name is already used',
  {
    fields: [{ name: 'name' }],
  },
);

function listOf(...servers: object[]): Reply {
  return json(200, {
    servers,
    meta: { pagination: { next_page: null, total_entries: servers.length } },
  });
}

describe('createOrAdopt', () => {
  let api: ScriptedServer;
  let clock: InstantClock;
  let cloud: HetznerConnection;

  beforeEach(async () => {
    api = await ScriptedServer.start();
    clock = new InstantClock();
    cloud = connectHetzner({ token: 't', endpoint: api.endpoint, clock });
  });

  afterEach(async () => {
    cloud.close();
    await api.stop();
  });

  const create = () => createOrAdopt(cloud, '/servers', body, { clock });
  const post = 'POST /servers';
  const byName = 'GET /servers?name=prod-web-1&page=1&per_page=50';
  const itsActions = 'GET /servers/42/actions?status=running&per_page=50';

  it('creates, and returns the object with what still runs on it', async () => {
    api.plan(created);
    expect(await create()).toEqual({
      resource: mine,
      actions: [running, startServer],
      adopted: false,
    });
    expect(api.log).toEqual([post]);
    expect(api.requests[0].body).toEqual(body);
  });

  it.each([
    ['the name is taken', nameTaken],
    ['the connection breaks', reset()],
    ['a gateway gives up', html(504)],
    ['the answer is not JSON', html(201)],
    ['the API fails', refusal(500, 'server_error')],
  ])('adopts what is its own when %s', async (_, failure) => {
    api.plan(failure, listOf(mine), json(200, { actions: [startServer] }));
    expect(await create()).toEqual({
      resource: mine,
      actions: [startServer],
      adopted: true,
    });
    expect(api.log).toEqual([post, byName, itsActions]);
  });

  it.each([
    ['another installation', { 'infra.xpeditis.com/installation': 'inst-2' }],
    ['another environment', { 'infra.xpeditis.com/environment-id': 'env-2' }],
  ])('leaves the object of %s alone and names it', async (_, other) => {
    const theirs = { ...mine, labels: { ...labels, ...other } };
    api.plan(nameTaken, listOf(theirs));
    const [[key, value]] = Object.entries(other);
    await expect(create()).rejects.toMatchObject({
      code: 'foreign_object',
      outcome: 'refused',
      object: { kind: 'servers', id: 42, name: 'prod-web-1' },
      message: expect.stringContaining(`${key}=${value}`),
    });
    expect(api.log).toEqual([post, byName]);
  });

  it('leaves an object without labels alone', async () => {
    api.plan(nameTaken, listOf({ id: 42, name: 'prod-web-1' }));
    await expect(create()).rejects.toMatchObject({
      code: 'foreign_object',
      message: expect.stringContaining('(none)'),
    });
  });

  it('creates after all when the lost request did nothing', async () => {
    api.plan(reset(), listOf(), created);
    expect(await create()).toMatchObject({ resource: mine, adopted: false });
    expect(api.log).toEqual([post, byName, post]);
    expect(clock.waits).toHaveLength(1);
  });

  it('finds what the lost request made late', async () => {
    api.plan(
      html(504),
      listOf(),
      nameTaken,
      listOf(mine),
      json(200, { actions: [] }),
    );
    expect(await create()).toMatchObject({ resource: mine, adopted: true });
    expect(api.log).toEqual([post, byName, post, byName, itsActions]);
  });

  it('waits for a name that a deleted object still holds', async () => {
    api.plan(nameTaken, listOf(), created);
    expect(await create()).toMatchObject({ adopted: false });
  });

  it('does not take a name that only resembles it', async () => {
    api.plan(reset(), listOf({ ...mine, name: 'prod-web-10' }), created);
    expect(await create()).toMatchObject({ adopted: false });
  });

  it('gives up after four requests, with the last failure', async () => {
    api.otherwise((...args) =>
      (args[1].method === 'POST' ? html(502) : listOf())(...args),
    );
    await expect(create()).rejects.toMatchObject({
      code: 'bad_gateway',
      outcome: 'unknown',
    });
    expect(api.log.filter(line => line === post)).toHaveLength(4);
  });

  it.each([
    refusal(403, 'resource_limit_exceeded'),
    refusal(412, 'resource_unavailable'),
    refusal(422, 'invalid_input'),
    refusal(401, 'unauthorized'),
  ])('passes a plain refusal on without looking (%#)', async failure => {
    api.plan(failure);
    await expect(create()).rejects.toMatchObject({ outcome: 'refused' });
    expect(api.log).toEqual([post]);
  });

  it('says so when something else than the name is taken', async () => {
    api.plan(
      refusal(
        409,
        'uniqueness_error',
        'SSH key with the same fingerprint already exists',
        {
          fields: [{ name: 'fingerprint' }],
        },
      ),
      json(200, {
        ssh_keys: [],
        meta: { pagination: { next_page: null, total_entries: 0 } },
      }),
    );
    await expect(
      createOrAdopt(
        cloud,
        '/ssh_keys',
        { name: 'prod-key', labels, public_key: 'ssh-ed25519 AAAA' },
        { clock },
      ),
    ).rejects.toMatchObject({
      code: 'uniqueness_error',
      message: expect.stringContaining('fingerprint'),
    });
  });

  it('asks for no actions of what has none', async () => {
    api.plan(
      nameTaken,
      json(200, {
        placement_groups: [{ ...mine, id: 5 }],
        meta: { pagination: { next_page: null, total_entries: 1 } },
      }),
    );
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/placement_groups',
      { name: 'prod-web-1', labels, type: 'spread' },
      { clock },
    );
    expect([resource.id, actions]).toEqual([5, []]);
  });

  it('stops when the signal does', async () => {
    const controller = new AbortController();
    api.plan((...args) => {
      controller.abort();
      reset()(...args);
    });
    await expect(
      createOrAdopt(cloud, '/servers', body, {
        clock,
        signal: controller.signal,
      }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(api.log).toEqual([post]);
  });

  it('passes on what a hook throws', async () => {
    const lost = new Error('the lease is lost');
    const scoped = cloud.scoped({
      beforeCall: async () => {
        if (api.requests.length > 0) throw lost;
      },
    });
    api.plan(reset());
    await expect(
      createOrAdopt(scoped, '/servers', body, { clock }),
    ).rejects.toBe(lost);
  });

  it.each([
    { ...body, name: '' },
    { ...body, labels: {} },
    { ...body, labels: { 'infra.xpeditis.com/installation': 'inst-1' } },
  ])('creates nothing that could not be found again (%#)', async unowned => {
    await expect(createOrAdopt(cloud, '/servers', unowned)).rejects.toThrow(
      'POST /servers needs a name and the labels',
    );
    expect(api.requests).toEqual([]);
  });
});
