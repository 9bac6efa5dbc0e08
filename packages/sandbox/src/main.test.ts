import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  descriptionFile,
  needingDescription,
  overlayFile,
} from './testing/description';
import { spawnSandbox, SandboxProcess } from './testing/sandboxProcess';

// Processes and compilers take their time on a busy machine.
jest.setTimeout(60_000);

describe('the command', () => {
  let folder: string;
  const processes: SandboxProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-main-'));
  });
  afterEach(async () => {
    for (const { child, ended } of processes.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => {
    const sandbox = spawnSandbox('--port', '0', '--state', folder, ...args);
    processes.push(sandbox);
    return sandbox;
  };
  const send = async (
    url: string,
    method: string,
    route: string,
    body?: unknown,
  ) => {
    const response = await fetch(`${url}${route}`, {
      method,
      headers: {
        authorization: 'Bearer test',
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${route} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const server = (name: string) => ({
    name,
    server_type: 'cx23',
    image: 'debian-13',
    location: 'fsn1',
  });

  it('says one line when it is ready, and ends well when it is told to', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { child, ready, ended, lines, problems } = run();
      const url = await ready;
      expect(await send(url, 'GET', '/control/health')).toEqual({
        status: 'ok',
      });
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(lines).toEqual([`Sandbox ready: ${url}`]);
      expect(problems).toEqual([]);
    }
  });

  it('tells what to do when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise(done => other.once('listening', done));
    const { port } = other.address() as { port: number };
    const { ended, problems, lines } = run('--port', String(port));
    expect(await ended).toBe(1);
    expect(problems).toEqual([
      `Port ${port} is in use: end what listens there or choose another one with --port.`,
    ]);
    expect(lines).toEqual([]);
    await new Promise(done => other.close(done));
  });

  it.each([
    [['--port', '70000'], '--port 70000 is no port'],
    [['--speed', '0'], '--speed 0 is no factor'],
    [['--speed', 'fast'], '--speed fast is no factor'],
    [['--overlay', 'x'], '--overlay needs --judge'],
    [['--unknown'], "Unknown option '--unknown'"],
  ])('refuses %j', async (args, message) => {
    const { ended, problems } = run(...args);
    expect(await ended).toBe(1);
    expect(problems[0]).toContain(message);
  });

  it('tells what to do with a state that it cannot read', async () => {
    await writeFile(path.join(folder, 'control.json'), '{');
    const { ended, problems } = run();
    expect(await ended).toBe(1);
    expect(problems[0]).toContain(`Delete ${folder} to start empty.`);
  });

  it('refuses a state that another sandbox has', async () => {
    const first = run();
    const url = await first.ready;
    const { ended, problems } = run();
    expect(await ended).toBe(1);
    expect(problems).toEqual([
      `${folder} is in use by the sandbox with process number ${first.child.pid}. End that one, or choose another folder with --state.`,
    ]);
    expect(await send(url, 'GET', '/control/health')).toEqual({ status: 'ok' });
  });

  it('is as far in time after a restart as before', async () => {
    const first = run('--speed', '1');
    const url = await first.ready;
    await send(url, 'POST', '/control/clock', { mode: 'manual' });
    await send(url, 'POST', '/hetzner/v1/servers', server('a'));
    const before = await send(url, 'POST', '/control/clock', {
      advanceSeconds: 3,
    });
    first.child.kill('SIGKILL');
    await first.ended;

    const again = await run('--speed', '1').ready;
    expect(await send(again, 'GET', '/control/clock')).toMatchObject({
      mode: 'manual',
      now: before.now,
      runningActions: before.runningActions,
      nextEndSeconds: before.nextEndSeconds,
    });
  });

  it('has everything again after an end in order', async () => {
    const first = run('--speed', '1000');
    const url = await first.ready;
    const { network } = await send(url, 'POST', '/hetzner/v1/networks', {
      name: 'n',
      ip_range: '10.0.0.0/16',
    });
    await send(url, 'PUT', '/control/settings', { quotas: { servers: 7 } });
    await send(url, 'PUT', '/control/faults', [
      { id: 'f', match: { path: '/x' }, effect: 'drop-after' },
    ]);
    first.child.kill('SIGTERM');
    await first.ended;

    const again = await run().ready;
    expect(
      await send(again, 'GET', `/hetzner/v1/networks/${network.id}`),
    ).toEqual({ network });
    expect(await send(again, 'GET', '/control/settings')).toMatchObject({
      // Not on the command line this time, so as it was.
      speed: 1000,
      quotas: { servers: 7 },
    });
    expect(await send(again, 'GET', '/control/faults')).toMatchObject([
      { id: 'f' },
    ]);
  });

  it('has everything that it answered again after a kill, and ends what ran', async () => {
    const first = run('--speed', '1');
    const url = await first.ready;
    await send(url, 'POST', '/hetzner/v1/servers', server('before'));
    const { server: created, action } = await send(
      url,
      'POST',
      '/hetzner/v1/servers',
      server('last'),
    );
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const again = await run('--speed', '1000').ready;
    for (;;) {
      const { server: now } = await send(
        again,
        'GET',
        `/hetzner/v1/servers/${created.id}`,
      );
      if (now.status === 'running') break;
    }
    expect(
      await send(again, 'GET', `/hetzner/v1/actions/${action.id}`),
    ).toMatchObject({
      action: { status: 'success', started: action.started },
    });
    // Ids go on where they were, and addresses are known to be taken.
    const { server: next } = await send(
      again,
      'POST',
      '/hetzner/v1/servers',
      server('next'),
    );
    expect(next.id).toBeGreaterThan(action.id);
    expect(next.public_net.ipv4.ip).toBe('127.80.0.3');
  });

  it('is never left with half a file by a kill in the middle of its work', async () => {
    const first = run('--speed', '1000');
    const url = await first.ready;
    const answered: string[] = [];
    const work = (async () => {
      for (let index = 0; ; index += 1) {
        const body = { name: `g${index}`, type: 'spread' };
        await send(url, 'POST', '/hetzner/v1/placement_groups', body);
        answered.push(body.name);
        if (answered.length === 20) first.child.kill('SIGKILL');
      }
    })();
    await expect(work).rejects.toThrow('fetch failed');
    await first.ended;

    const again = await run().ready;
    const { placement_groups: kept } = await send(
      again,
      'GET',
      '/hetzner/v1/placement_groups?per_page=50',
    );
    const names = kept.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(answered));
    // At most one more: the request whose answer was lost.
    expect(names.length).toBeLessThanOrEqual(answered.length + 1);
  });

  const itWhenDescribed = descriptionFile ? it : it.skip;

  itWhenDescribed(
    needingDescription('tells what is not as described'),
    async () => {
      /* eslint-disable jest/no-standalone-expect */
      const files = ['--judge', descriptionFile!, '--overlay', overlayFile];
      const url = await run('--speed', '1000', ...files).ready;
      const group = { name: 'g', type: 'spread' };
      await send(url, 'POST', '/hetzner/v1/placement_groups', group);
      expect(await send(url, 'GET', '/control/violations')).toEqual([]);
      // The sandbox takes a number for a server type, the description does not.
      const number = { ...server('a'), server_type: 114 };
      await send(url, 'POST', '/hetzner/v1/servers', number);
      expect(await send(url, 'GET', '/control/violations')).toMatchObject([
        {
          operation: 'create_server',
          where: 'request',
          status: 201,
          path: '/body/server_type',
        },
      ]);
      /* eslint-enable jest/no-standalone-expect */
    },
  );

  it('says that it checks nothing when it is not told to', async () => {
    const url = await run().ready;
    await expect(send(url, 'GET', '/control/violations')).rejects.toThrow(
      'start the sandbox with --judge',
    );
  });

  it('keeps its state in files that a person can read', async () => {
    const { ready } = run();
    await send(await ready, 'POST', '/hetzner/v1/placement_groups', {
      name: 'g',
      type: 'spread',
    });
    expect(await readdir(path.join(folder, 'hetzner'))).toEqual(['test.json']);
    const text = await readFile(
      path.join(folder, 'hetzner', 'test.json'),
      'utf8',
    );
    expect(JSON.parse(text)).toMatchObject({
      name: 'test',
      placementGroups: [{ name: 'g' }],
    });
    expect(text.split('\n').length).toBeGreaterThan(10);
  });
});
