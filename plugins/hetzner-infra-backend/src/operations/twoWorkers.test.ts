import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Knex } from 'knex';
import { smallEnvironment, TestEngine } from '../__testUtils__/engine';
import {
  openEngineDatabase,
  postgresDatabaseOf,
  type EngineDatabase,
} from '../__testUtils__/engineDatabase';
import { testDatabases } from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { startEngineProcess } from '../__testUtils__/startEngineProcess';
import type { Operation } from './operation';

jest.setTimeout(240_000);

/** What the sandbox tells of a request that it answered. */
type Answered = {
  key: string;
  write: number | null;
  status: number | null;
  hold: number | null;
};

type Hold = { id: number; state: 'waiting' | 'held' | 'released' };

const databases = testDatabases();
const withPostgres = databases.supports('POSTGRES_15')
  ? describe
  : describe.skip;

/** One server, so that many environments are made soon. */
const tiny = (name: string) =>
  smallEnvironment(name, {
    pools: [{ name: 'web', serverType: 'cx43', min: 0, max: 1 }],
  });

withPostgres('two workers on one PostgreSQL', () => {
  let sandbox: SandboxProcess;
  let database: EngineDatabase;
  let knex: Knex;
  let engine: TestEngine;
  let processes: ChildProcess[];

  beforeAll(async () => {
    sandbox = await startSandbox();
    await sandbox.control('PUT', '/settings', {
      quotas: { servers: 50, primaryIps: 100, loadBalancers: 20, networks: 20 },
    });
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    database = postgresDatabaseOf(await databases.init('POSTGRES_15'));
    knex = await openEngineDatabase(database);
    engine = new TestEngine(knex, sandbox.hetznerEndpoint);
    processes = [];
  });
  afterEach(async () => {
    for (const child of processes) await end(child);
    engine.cloud.close();
    await knex.destroy();
  });

  function startWorker(): ChildProcess {
    const child = startEngineProcess(sandbox.hetznerEndpoint, database);
    processes.push(child);
    return child;
  }

  async function end(child: ChildProcess) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  const nameOf = (child: ChildProcess) => `process-${child.pid}`;

  async function workerOf(operationId: string): Promise<string> {
    const row = await knex('operations').where('id', operationId).first();
    return row.worker;
  }

  const writes = async () => {
    const record = await sandbox.control('GET', '/record');
    return (record as { requests: Answered[] }).requests.filter(
      ({ write }) => write !== null,
    );
  };

  /** Stops the next request with this key before it has an effect. */
  const holdBefore = async (key: string): Promise<number> => {
    const hold = await sandbox.control('POST', '/holds', {
      match: { key },
      nth: 1,
      when: 'before',
    });
    return (hold as Hold).id;
  };
  const holdNow = async (id: number, waitSeconds = 0) =>
    (await sandbox.control(
      'GET',
      `/holds/${id}?waitSeconds=${waitSeconds}`,
    )) as Hold;

  /** Waits until the first worker is about to send a request, and stops it there; a second one takes over. */
  async function stopBeforeSending(
    key: string,
    submit: () => Promise<Operation>,
  ) {
    const hold = await holdBefore(key);
    const operation = await submit();
    const stopped = startWorker();
    expect(await holdNow(hold, 60)).toMatchObject({ state: 'held' });
    stopped.kill('SIGSTOP');
    const other = startWorker();
    await engine.until(
      operation.id,
      async () => (await workerOf(operation.id)) === nameOf(other),
    );
    return {
      operation,
      /** Lets the request through and the worker go on; resolves with the status of what it did. */
      async goOn() {
        await sandbox.control('POST', `/holds/${hold}/release`);
        stopped.kill('SIGCONT');
        const answered = async () =>
          (await writes()).find(request => request.hold === hold);
        await engine.until(
          operation.id,
          async () => (await answered()) !== undefined,
        );
        return (await answered())!.status;
      },
    };
  }

  const everythingOf = (name: string) => ({
    certificates: [`${name}-certificate-g1`],
    firewalls: [`${name}-firewall-control-plane`, `${name}-firewall-workers`],
    load_balancers: [`${name}-load-balancer`],
    networks: [`${name}-network`],
    placement_groups: [
      `${name}-spread-control-plane-1`,
      `${name}-spread-web-1`,
    ],
    servers: [
      `${name}-control-plane-1-g1`,
      `${name}-web-1-g1`,
      `${name}-web-2-g1`,
    ],
    ssh_keys: [`${name}-ssh-key-1-g1`],
  });

  it('work on each operation once', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const submitted = [];
    for (const name of names) {
      submitted.push(await engine.submitCreate(tiny(name)));
    }
    const workers = [startWorker(), startWorker()];
    for (const { id } of submitted) {
      expect(await engine.ended(id)).toMatchObject({
        state: 'succeeded',
        attempts: 1,
      });
    }
    const shares = await Promise.all(submitted.map(({ id }) => workerOf(id)));
    expect([...new Set(shares)].sort()).toEqual(workers.map(nameOf).sort());

    const made = (await writes()).filter(({ key }) => /^POST \/\w+ /.test(key));
    expect(made.filter(({ status }) => status !== 201)).toEqual([]);
    const keys = made.map(({ key }) => key);
    expect([...new Set(keys)]).toHaveLength(keys.length);
  });

  it('take over what a dead one had', async () => {
    const hold = await holdBefore('POST /servers shop-web-1-g1');
    const create = await engine.submitCreate(smallEnvironment('shop'));
    const first = startWorker();
    expect(await holdNow(hold, 60)).toMatchObject({ state: 'held' });
    await end(first);
    await sandbox.control('POST', `/holds/${hold}/release`, { then: 'drop' });

    const second = startWorker();
    const ended = await engine.ended(create.id);
    expect(ended).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(ended.takenOverAt).toBeDefined();
    expect(await workerOf(create.id)).toBe(nameOf(second));
    expect(await engine.standing()).toEqual(everythingOf('shop'));
  });

  it('are not disturbed by a create that one sends late', async () => {
    const { operation, goOn } = await stopBeforeSending(
      'POST /servers shop-web-1-g1',
      () => engine.submitCreate(smallEnvironment('shop')),
    );
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'succeeded',
    });

    // The name is taken.
    expect(await goOn()).toBe(409);
    const { id } = await engine.submitRemoval('shop');
    expect(await engine.ended(id)).toMatchObject({ state: 'succeeded' });
    expect(await engine.standing()).toEqual({});
  });

  it('find and remove what a late create made after the removal', async () => {
    const { operation, goOn } = await stopBeforeSending(
      'POST /firewalls shop-firewall-workers',
      () => engine.submitCreate(smallEnvironment('shop')),
    );
    const removal = await engine.submitRemoval('shop');
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'cancelled',
    });
    expect(await engine.ended(removal.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(await engine.standing()).toEqual({});

    expect(await goOn()).toBe(201);
    await engine.until(
      operation.id,
      async () =>
        (
          await writes()
        ).filter(
          ({ key, status }) =>
            key === 'DELETE /firewalls/{id} shop-firewall-workers' &&
            status === 204,
        ).length === 1,
    );
    expect(await engine.standing()).toEqual({});
    const { items } = await engine.operations.list({
      environmentId: operation.environmentId,
      limit: 10,
    });
    expect(items).toHaveLength(3);
    expect(await engine.ended(items[0].id)).toMatchObject({
      goal: 'remove',
      state: 'succeeded',
    });
    const environment = await engine.environments.find(operation.environmentId);
    expect(environment?.state).toBe('removed');
  });

  it.each([
    {
      what: 'rules of a firewall',
      key: 'POST /firewalls/{id}/actions/set_rules shop-firewall-control-plane',
      late: { adminAccess: { cidrs: ['198.51.100.1/32'] } },
      newer: { adminAccess: { cidrs: ['192.0.2.1/32'] } },
      path: '/firewalls',
      name: 'shop-firewall-control-plane',
    },
    {
      what: 'a load balancer’s type',
      key: 'POST /load_balancers/{id}/actions/change_type shop-load-balancer',
      late: { loadBalancer: { type: 'lb21' } },
      newer: { loadBalancer: { type: 'lb11' } },
      path: '/load_balancers',
      name: 'shop-load-balancer',
    },
  ] as const)(
    'put right what a late change did to $what after a newer revision',
    async ({ key, late, newer, path, name }) => {
      const create = await engine.submitCreate(smallEnvironment('shop'));
      const maker = startWorker();
      await engine.ended(create.id);
      await end(maker);
      const stateOf = async () => {
        const items = (await engine.cloud.listAll(path)) as {
          name: string;
          rules?: unknown;
          load_balancer_type?: { name: string };
        }[];
        const found = items.find(item => item.name === name)!;
        return JSON.stringify(found.rules ?? found.load_balancer_type!.name);
      };

      const { operation, goOn } = await stopBeforeSending(key, () =>
        engine.submitChange(smallEnvironment('shop', late)),
      );
      expect(await engine.ended(operation.id)).toMatchObject({
        state: 'succeeded',
      });
      const asLate = await stateOf();
      const second = await engine.submitChange(smallEnvironment('shop', newer));
      expect(await engine.ended(second.id)).toMatchObject({
        state: 'succeeded',
      });
      const asWanted = await stateOf();
      expect(asWanted).not.toBe(asLate);

      expect(await goOn()).toBe(201);
      let repair: Operation | undefined;
      await engine.until(operation.id, async () => {
        const { items } = await engine.operations.list({
          environmentId: operation.environmentId,
          limit: 10,
        });
        repair = items.find(({ options }) => options.purpose === 'reconcile');
        return repair !== undefined;
      });
      expect(await engine.ended(repair!.id)).toMatchObject({
        goal: 'apply',
        revision: second.revision,
        state: 'succeeded',
      });
      expect(await stateOf()).toBe(asWanted);
      expect(await engine.standing()).toEqual(everythingOf('shop'));
    },
  );

  it('keep what has the same name as what a late delete names', async () => {
    const create = await engine.submitCreate(smallEnvironment('shop'));
    const maker = startWorker();
    await engine.ended(create.id);
    await end(maker);

    const { operation, goOn } = await stopBeforeSending(
      'DELETE /servers/{id} shop-web-1-g1',
      () => engine.submitRemoval('shop'),
    );
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'succeeded',
    });
    const again = await engine.submitCreate(smallEnvironment('shop'));
    await engine.ended(again.id);

    // It names an id that was read under the lease, and ids are not given twice.
    expect(await goOn()).toBe(404);
    expect(await engine.standing()).toEqual(everythingOf('shop'));
  });
});
