import { request } from 'node:http';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

const group = (name: string) => ({ name, type: 'spread' });

describe('a hold', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterEach(() => sandbox.close());

  const groups = async () =>
    (await sandbox.ok('GET /placement_groups')).placement_groups.length;
  const create = (name: string) =>
    sandbox.api('POST /placement_groups', group(name)).then(
      ({ status }) => status,
      () => 'lost' as const,
    );
  const hold = async (wish: object) => {
    const { status, body } = await sandbox.control('POST /holds', wish);
    expect([status, body.state]).toEqual([201, 'waiting']);
    return body.id as number;
  };
  const held = async (id: number) =>
    (await sandbox.control(`GET /holds/${id}?waitSeconds=60`)).body;
  const release = async (id: number, body?: object) =>
    (await sandbox.control(`POST /holds/${id}/release`, body)).body;

  it.each([
    ['before', 0],
    ['after', 1],
  ])('stops a write %s it takes effect', async (when, count) => {
    const id = await hold({ match: { write: true }, when });
    const creation = create('a');
    expect(await held(id)).toMatchObject({
      id,
      state: 'held',
      call: { key: 'POST /placement_groups a', number: 1, write: 1, nth: 1 },
      clientGone: false,
      effectStatus: when === 'after' ? 201 : null,
    });
    expect(await groups()).toBe(count);
    expect(await release(id)).toMatchObject({ state: 'released' });
    expect(await creation).toBe(201);
    expect(await groups()).toBe(1);
    const { body } = await sandbox.control('GET /record');
    const recorded = body.requests.find(
      ({ write }: { write: number | null }) => write === 1,
    );
    expect(recorded).toMatchObject({ hold: id, status: 201 });
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('can lose the connection %s the effect', async (when, count) => {
    const id = await hold({ match: { write: true }, when });
    const creation = create('a');
    await held(id);
    await release(id, { then: 'drop' });
    expect(await creation).toBe('lost');
    expect(await groups()).toBe(count);
  });

  it('is for the request of a number or of a key', async () => {
    const third = await hold({
      match: { write: true },
      nth: 3,
      when: 'before',
    });
    const named = await hold({
      match: { key: 'POST /placement_groups b' },
      nth: 2,
      when: 'after',
    });
    expect(await create('a')).toBe(201);
    expect(await create('b')).toBe(201);
    const c = create('c');
    expect((await held(third)).call).toMatchObject({ write: 3 });
    const b = create('b');
    expect(await held(named)).toMatchObject({
      call: { key: 'POST /placement_groups b', nth: 2 },
      // The name is taken: there is no effect to come after.
      effectStatus: null,
    });
    await release(third);
    await release(named);
    expect([await b, await c]).toEqual([409, 201]);
  });

  it('tells that who sent the request is gone, and lets it take effect late', async () => {
    const id = await hold({ match: { write: true }, when: 'before' });
    const { host } = new URL(sandbox.url);
    const [hostname, port] = host.split(':');
    const sent = request({
      hostname,
      port,
      path: '/hetzner/v1/placement_groups',
      method: 'POST',
      headers: { authorization: 'Bearer test' },
    });
    sent.on('error', () => {});
    sent.end(JSON.stringify(group('late')));
    expect(await held(id)).toMatchObject({ clientGone: false });
    sent.destroy();
    while (!(await held(id)).clientGone);
    expect(await groups()).toBe(0);
    await release(id);
    while ((await groups()) === 0);
  });

  it('answers when nothing came in time', async () => {
    const id = await hold({ when: 'before' });
    const { body } = await sandbox.control(`GET /holds/${id}?waitSeconds=0.01`);
    expect(body).toMatchObject({ state: 'waiting', call: null });
  });

  it('can be taken back, with the request that it holds', async () => {
    const waiting = await hold({ match: { path: '/nowhere' }, when: 'before' });
    const holding = await hold({ match: { write: true }, when: 'before' });
    const creation = create('a');
    await held(holding);
    expect((await sandbox.control('GET /holds')).body).toMatchObject([
      { id: waiting, state: 'waiting' },
      { id: holding, state: 'held' },
    ]);
    const remove = (id: number) => sandbox.control(`DELETE /holds/${id}`);
    expect((await remove(waiting)).status).toBe(204);
    expect((await remove(waiting)).status).toBe(404);
    expect((await sandbox.control('DELETE /holds')).status).toBe(204);
    expect(await creation).toBe('lost');
    expect((await sandbox.control('GET /holds')).body).toEqual([]);
    expect(await create('a')).toBe(201);
  });

  it('is refused when it makes no sense', async () => {
    for (const wish of [{}, { when: 'never' }, { when: 'before', nth: 0 }]) {
      expect((await sandbox.control('POST /holds', wish)).status).toBe(400);
    }
    for (const route of ['GET /holds/9', 'POST /holds/9/release']) {
      expect((await sandbox.control(route)).status).toBe(404);
    }
    const id = await hold({ when: 'before' });
    expect(
      (await sandbox.control(`POST /holds/${id}/release`, { then: 'run' }))
        .status,
    ).toBe(400);
  });

  it('does not keep the sandbox from ending', async () => {
    const id = await hold({ match: { write: true }, when: 'before' });
    const creation = create('a');
    await held(id);
    await sandbox.close();
    expect(await creation).toBe('lost');
    sandbox = await startSandboxUnderTest();
  });
});
