import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

const server = (name: string) => ({
  name,
  server_type: 'cx23',
  image: 'debian-13',
  location: 'fsn1',
});

describe('a snapshot', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
    await sandbox.control('POST /clock', { mode: 'manual' });
  });
  afterEach(() => sandbox.close());

  const take = async (body?: object): Promise<number> =>
    (await sandbox.control('POST /snapshots', body)).body.id;
  const restore = (id: number) =>
    sandbox.control(`POST /snapshots/${id}/restore`);
  const servers = async (token = 'test') =>
    (await sandbox.ok('GET /servers', undefined, token)).servers;
  const create = (name: string, token = 'test') =>
    sandbox.ok('POST /servers', server(name), token);
  const advance = (advanceSeconds: number) =>
    sandbox.control('POST /clock', { advanceSeconds });

  it('brings back what was, as often as wanted, with new ids for what comes then', async () => {
    await create('kept');
    await advance(60);
    const before = await servers();
    const id = await take();
    const seen = new Set<number>();
    for (const name of ['x', 'y']) {
      const { server: made } = await create(name);
      await sandbox.ok(`DELETE /servers/${before[0].id}`);
      await advance(60);
      expect(
        (await servers()).map((one: { name: string }) => one.name),
      ).toEqual([name]);
      expect(seen).not.toContain(made.id);
      seen.add(made.id);
      expect((await restore(id)).body).toEqual({ projects: ['test'] });
      expect(await servers()).toEqual(before);
    }
  });

  it('lets actions go on from where they were', async () => {
    const { action } = await create('a');
    const status = async () =>
      (await sandbox.ok(`GET /actions/${action.id}`)).action.status;
    await advance(1);
    const id = await take();
    await advance(60);
    expect(await status()).toBe('success');
    await restore(id);
    expect(await status()).toBe('running');
    await advance(5);
    expect(await status()).toBe('running');
    await advance(60);
    expect(await status()).toBe('success');
  });

  it('is of all projects, or of those that are named', async () => {
    await create('a', 'one');
    await create('b', 'two');
    const whole = await take();
    const one = await take({ projects: ['one'] });
    await create('c', 'one');
    await create('d', 'two');
    await create('e', 'three');
    const counts = async () => {
      const { body } = await sandbox.control('GET /projects');
      return Object.fromEntries(
        body.map((project: { name: string; resources: object }) => [
          project.name,
          (project.resources as { servers: number }).servers,
        ]),
      );
    };
    await restore(one);
    expect(await counts()).toEqual({ one: 1, two: 2, three: 1 });
    await restore(whole);
    expect(await counts()).toEqual({ one: 1, two: 1 });
    expect((await sandbox.control('GET /snapshots')).body).toMatchObject([
      { id: whole, projects: ['one', 'two'] },
      { id: one, projects: ['one'] },
    ]);
  });

  it('begins the record and the numbers of its projects anew', async () => {
    const id = await take({ projects: ['one'] });
    await create('a', 'one');
    await create('b', 'two');
    await restore(id);
    await create('a', 'one');
    const { body } = await sandbox.control('GET /record');
    expect(
      body.requests.map(({ key, number }: { key: string; number: number }) => [
        key,
        number,
      ]),
    ).toEqual([
      ['POST /servers b', 1],
      ['POST /servers a', 1],
    ]);
  });

  it('can be forgotten', async () => {
    const id = await take();
    expect((await sandbox.control(`DELETE /snapshots/${id}`)).status).toBe(204);
    for (const route of [
      `POST /snapshots/${id}/restore`,
      `DELETE /snapshots/${id}`,
    ]) {
      expect((await sandbox.control(route)).status).toBe(404);
    }
    const wrong = await sandbox.control('POST /snapshots', { projects: 'all' });
    expect(wrong.status).toBe(400);
  });
});
