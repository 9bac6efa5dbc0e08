import { NotFoundError } from '@backstage/errors';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { smallEnvironment, TestEngine } from '../__testUtils__/engine';
import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import type { OperationRunner } from './runner';

jest.setTimeout(120_000);

const databases = testDatabases();

/** What the sandbox can be told to do with a request. */
type Fault = {
  id: string;
  match: { method?: string; path?: string };
  times: number | null;
  effect: unknown;
};

describe.each(databases.eachSupportedId())('the loop on %p', databaseId => {
  let sandbox: JudgedSandbox;
  let engine: TestEngine;
  let runners: OperationRunner[];

  const run = (worker?: string) => {
    const runner = engine.runner(worker);
    runners.push(runner);
    runner.start();
    return runner;
  };
  const faults = (list: Fault[]) => sandbox.control('PUT', '/faults', list);
  const stepStates = async (operationId: string) => {
    const steps = await engine.operations.steps([operationId]);
    return (steps.get(operationId) ?? []).map(
      ({ change, key, state }) => `${change} ${key} ${state}`,
    );
  };

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    await faults([]);
    engine = new TestEngine(
      await migratedDatabase(databases, databaseId),
      sandbox.hetznerEndpoint,
    );
    runners = [];
  });
  afterEach(async () => {
    await Promise.all(runners.map(runner => runner.stop()));
    await sandbox.requireDescribedRequests();
  });

  const everything = {
    certificates: ['shop-certificate-g1'],
    firewalls: ['shop-firewall-control-plane', 'shop-firewall-workers'],
    load_balancers: ['shop-load-balancer'],
    networks: ['shop-network'],
    placement_groups: ['shop-spread-control-plane-1', 'shop-spread-web-1'],
    servers: ['shop-control-plane-1-g1', 'shop-web-1-g1', 'shop-web-2-g1'],
    ssh_keys: ['shop-ssh-key-1-g1'],
  };

  it('creates an environment, changes it, and removes it without a trace', async () => {
    run();
    const created = await engine.ended(
      (
        await engine.submitCreate(smallEnvironment('shop'))
      ).id,
    );
    expect(created).toMatchObject({ state: 'succeeded' });
    expect(await engine.standing()).toEqual(everything);
    expect(await stepStates(created.id)).toHaveLength(11);

    const changed = await engine.ended(
      (
        await engine.submitChange(
          smallEnvironment('shop', {
            adminAccess: { cidrs: ['198.51.100.0/24'], ssh: true },
            pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 4 }],
          }),
        )
      ).id,
    );
    expect(changed).toMatchObject({ state: 'succeeded' });
    expect(await stepStates(changed.id)).toEqual([
      'update firewall-control-plane succeeded',
      'update firewall-workers succeeded',
      'remove web-2 succeeded',
    ]);
    expect((await engine.standing()).servers).toEqual([
      'shop-control-plane-1-g1',
      'shop-web-1-g1',
    ]);

    const removed = await engine.ended((await engine.submitRemoval('shop')).id);
    expect(removed).toMatchObject({ state: 'succeeded' });
    expect(await engine.standing()).toEqual({});
  });

  it('undoes a create that fails, and keeps its diagnosis', async () => {
    // The catalogue is read before the type is sold out.
    await engine.catalogue();
    await sandbox.control('PUT', '/settings', {
      unavailable: [{ serverType: 'cx43', location: 'fsn1' }],
    });
    try {
      run();
      const operation = await engine.submitCreate(smallEnvironment('shop'));
      const ended = await engine.ended(operation.id);
      expect(ended).toMatchObject({
        state: 'failed',
        error: {
          code: 'resource_unavailable',
          message: expect.stringMatching(
            /^Create server shop-web-\d-g1 .*There is no capacity/s,
          ),
        },
      });
      expect(await engine.standing()).toEqual({});
      expect(
        await engine.environments.find(operation.environmentId),
      ).toMatchObject({
        state: 'removed',
      });
    } finally {
      await sandbox.control('PUT', '/settings', { unavailable: [] });
    }
  });

  it('leaves a failed create as it is when asked to', async () => {
    await faults([
      {
        id: 'refuse-load-balancer',
        match: { method: 'POST', path: '/load_balancers' },
        times: null,
        effect: {
          status: 403,
          code: 'resource_limit_exceeded',
          message: 'load balancer limit exceeded',
        },
      },
    ]);
    run();
    const operation = await engine.submitCreate(smallEnvironment('shop'), {
      onFailure: 'keep',
    });
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'failed',
      error: { code: 'resource_limit_exceeded' },
    });
    expect(await engine.standing()).toMatchObject({
      networks: ['shop-network'],
    });
  });

  it('makes nothing twice when answers are lost after their effect', async () => {
    await faults(
      ['/servers', '/networks', '/load_balancers', '/certificates'].map(
        path => ({
          id: `lose-${path}`,
          match: { method: 'POST', path },
          times: 1,
          effect: 'drop-after',
        }),
      ),
    );
    run();
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(await engine.standing()).toEqual(everything);
  });

  it('goes on when an action fails once, and gives up when it always fails', async () => {
    await faults([
      {
        id: 'fail-poweron',
        match: { method: 'POST', path: '/servers/*/actions/poweron' },
        times: 1,
        effect: {
          actionError: { code: 'action_failed', message: 'Action failed' },
        },
      },
    ]);
    run();
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'succeeded',
    });
    await engine.ended((await engine.submitRemoval('shop')).id);

    await faults([
      {
        id: 'always-fail-poweron',
        match: { method: 'POST', path: '/servers/*/actions/poweron' },
        times: null,
        effect: {
          actionError: { code: 'action_failed', message: 'Action failed' },
        },
      },
    ]);
    const hopeless = await engine.submitCreate(smallEnvironment('shop'));
    expect(await engine.ended(hopeless.id)).toMatchObject({
      state: 'failed',
      error: {
        code: 'action_failed',
        message: expect.stringContaining('Tried 3 times'),
      },
    });
    expect(await engine.standing()).toEqual({});
  });

  it('removes what was made when a create is cancelled', async () => {
    // Servers take long enough to be cancelled in the middle.
    await sandbox.control('PUT', '/settings', { speed: 5 });
    try {
      run();
      const operation = await engine.submitCreate(smallEnvironment('shop'));
      await engine.until(operation.id, async () =>
        (await stepStates(operation.id)).includes('create web-1 running'),
      );
      await sandbox.control('PUT', '/settings', { speed: 1000 });
      await engine.operations.requestCancel(operation.id, new Date());
      expect(await engine.ended(operation.id)).toMatchObject({
        state: 'cancelled',
      });
      expect(await engine.standing()).toEqual({});
    } finally {
      await sandbox.control('PUT', '/settings', { speed: 1000 });
    }
  });

  it('waits for a provider that does not answer, and goes on when it does', async () => {
    await engine.catalogue();
    run();
    await sandbox.kill();
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    await engine.until(operation.id, async () => {
      const events = await engine.operations.eventsAfter(operation.id, 0);
      return events.some(({ message }) =>
        message?.includes('There was no connection'),
      );
    });
    await sandbox.restart();
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(await engine.standing()).toEqual(everything);
  });

  it('is taken over when its worker stops without giving it back', async () => {
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    const stalled = await engine.operations.claim({
      worker: 'stalled',
      leaseMs: 500,
      now: new Date(),
    });
    expect(stalled?.operation.id).toBe(operation.id);
    run('worker-2');
    const ended = await engine.ended(operation.id);
    expect(ended).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(ended.takenOverAt).toBeDefined();
    expect(await engine.standing()).toEqual(everything);
  });

  it('gives its work back when it is stopped, and another goes on', async () => {
    await sandbox.control('PUT', '/settings', { speed: 5 });
    try {
      const first = run('worker-1');
      const operation = await engine.submitCreate(smallEnvironment('shop'));
      await engine.until(operation.id, async () =>
        (await stepStates(operation.id)).includes('create web-1 running'),
      );
      await first.stop();
      await sandbox.control('PUT', '/settings', { speed: 1000 });
      run('worker-2');
      const ended = await engine.ended(operation.id);
      expect(ended).toMatchObject({ state: 'succeeded' });
      expect(ended.takenOverAt).toBeUndefined();
      expect(await engine.standing()).toEqual(everything);
    } finally {
      await sandbox.control('PUT', '/settings', { speed: 1000 });
    }
  });

  it('never touches what is not its own', async () => {
    const labels = {
      'infra.xpeditis.com/installation': 'another',
      'infra.xpeditis.com/environment-id': 'another',
    };
    await engine.cloud.post('/networks', {
      body: { name: 'somebody-network', ip_range: '10.0.0.0/16', labels },
    });
    await engine.cloud.post('/networks', {
      body: { name: 'bare-network', ip_range: '10.0.0.0/16' },
    });
    run();
    await engine.ended(
      (
        await engine.submitCreate(smallEnvironment('shop'))
      ).id,
    );
    await engine.ended((await engine.submitRemoval('shop')).id);
    expect(await engine.standing()).toEqual({
      networks: ['bare-network', 'somebody-network'],
    });
  });

  it('stops at a name that somebody else has, and says whose', async () => {
    await engine.cloud.post('/networks', {
      body: { name: 'shop-network', ip_range: '10.0.0.0/16' },
    });
    run();
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'failed',
      error: {
        code: 'foreign_object',
        message: expect.stringContaining('shop-network'),
      },
    });
    expect(await engine.standing()).toEqual({ networks: ['shop-network'] });
  });

  it('puts right what was changed behind its back', async () => {
    run();
    await engine.ended(
      (
        await engine.submitCreate(smallEnvironment('shop'))
      ).id,
    );
    const [worker] = await engine.cloud.listAll('/servers', {
      name: 'shop-web-1-g1',
    });
    const { action } = await engine.cloud.delete('/servers/{id}', {
      path: { id: worker.id },
    });
    await engine.cloud.waitFor([action]);
    const repaired = await engine.ended(
      (
        await engine.submitChange(smallEnvironment('shop'))
      ).id,
    );
    expect(repaired).toMatchObject({ state: 'succeeded' });
    expect(await stepStates(repaired.id)).toEqual(['create web-1 succeeded']);
    expect(await engine.standing()).toEqual(everything);
  });

  it('ends an operation whose connection is gone, and says what to do', async () => {
    engine.obstacle = new NotFoundError('There is no connection sandbox');
    const operation = await engine.submitCreate(smallEnvironment('shop'), {
      onFailure: 'keep',
    });
    run();
    expect(await engine.ended(operation.id)).toMatchObject({
      state: 'failed',
      error: {
        code: 'unbuildable',
        message: expect.stringMatching(/connection sandbox of shop .* retry/),
      },
    });
  });

  it('tries again after a stumble of its own, tells so, and ends after five', async () => {
    engine.obstacle = new Error('select * from secrets');
    const operation = await engine.submitCreate(smallEnvironment('shop'));
    run();
    const ended = await engine.ended(operation.id);
    expect(ended).toMatchObject({
      state: 'failed',
      error: { code: 'internal', message: expect.stringContaining('5 times') },
    });
    const events = await engine.operations.eventsAfter(operation.id, 0);
    const told = events.filter(({ message }) =>
      message?.includes('The portal could not go on'),
    );
    expect(told).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain('secrets');
  });

  it('lets a removal through although the provider is away, and removes when it is back', async () => {
    await engine.catalogue();
    run();
    await engine.ended(
      (
        await engine.submitCreate(smallEnvironment('shop'))
      ).id,
    );
    await sandbox.kill();
    const change = await engine.submitChange(smallEnvironment('shop'));
    await engine.until(change.id, ({ state }) => state === 'running');
    const removal = await engine.submitRemoval('shop');
    expect(await engine.ended(change.id)).toMatchObject({ state: 'cancelled' });
    await sandbox.restart();
    expect(await engine.ended(removal.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(await engine.standing()).toEqual({});
  });
});
