import { smallEnvironment, TestEngine } from '../__testUtils__/engine';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import type { Operation } from './operation';
import type { OperationRunner } from './runner';

jest.setTimeout(120_000);

const databases = testDatabases();

const COLLECTIONS = [
  '/certificates',
  '/firewalls',
  '/load_balancers',
  '/networks',
  '/placement_groups',
  '/servers',
  '/ssh_keys',
] as const;

const everything = {
  certificates: ['shop-certificate-g1'],
  firewalls: ['shop-firewall-control-plane', 'shop-firewall-workers'],
  load_balancers: ['shop-load-balancer'],
  networks: ['shop-network'],
  placement_groups: ['shop-spread-control-plane-1', 'shop-spread-web-1'],
  servers: ['shop-control-plane-1-g1', 'shop-web-1-g1', 'shop-web-2-g1'],
  ssh_keys: ['shop-ssh-key-1-g1'],
};

describe('two portals with an environment of the same name in one project', () => {
  let sandbox: SandboxProcess;
  let portals: TestEngine[];
  let runners: OperationRunner[];

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    portals = [];
    runners = [];
    for (const installation of ['portal000001', 'portal000002']) {
      const portal = new TestEngine(
        await migratedDatabase(databases, 'SQLITE_3'),
        sandbox.hetznerEndpoint,
        { installation },
      );
      const runner = portal.runner(installation);
      runner.start();
      portals.push(portal);
      runners.push(runner);
    }
  });
  afterEach(async () => {
    await Promise.all(runners.map(runner => runner.stop()));
    portals.forEach(({ cloud }) => cloud.close());
  });

  const create = async (portal: TestEngine): Promise<Operation> =>
    portal.ended((await portal.submitCreate(smallEnvironment('shop'))).id);
  const remove = async (portal: TestEngine): Promise<Operation> =>
    portal.ended((await portal.submitRemoval('shop')).id);

  /** All that stands, as the provider shows it; the health of targets comes and goes. */
  const asItStands = async () => {
    const { cloud } = portals[0];
    const lists = await Promise.all(
      COLLECTIONS.map(path => cloud.listAll(path)),
    );
    return JSON.parse(
      JSON.stringify(lists, (name, value) =>
        name === 'health_status' ? undefined : value,
      ),
    );
  };

  it('leave each other’s as it is', async () => {
    const [one, two] = portals;
    expect(await create(one)).toMatchObject({ state: 'succeeded' });
    const before = await asItStands();

    const refused = await create(two);
    expect(refused).toMatchObject({
      state: 'failed',
      error: { code: 'foreign_object' },
    });
    expect(refused.error?.message).toContain(
      'infra.xpeditis.com/installation=portal000001',
    );
    expect(await two.environments.findByName('shop')).toBeUndefined();
    expect(await asItStands()).toEqual(before);

    expect(await remove(one)).toMatchObject({ state: 'succeeded' });
    expect(await create(two)).toMatchObject({ state: 'succeeded' });
    expect(await one.standing()).toEqual(everything);
    expect(await create(one)).toMatchObject({ state: 'failed' });
    expect(await one.standing()).toEqual(everything);
    expect(await remove(two)).toMatchObject({ state: 'succeeded' });
    expect(await one.standing()).toEqual({});
  });

  it('leave no mixture when both create at once', async () => {
    const ended = await Promise.all(portals.map(create));
    const reached = ended.filter(({ state }) => state === 'succeeded');
    expect(await portals[0].standing()).toEqual(
      { 0: {}, 1: everything }[reached.length],
    );
    const others = ended.filter(({ state }) => state !== 'succeeded');
    expect(others.map(({ error }) => error?.code)).toEqual(
      others.map(() => 'foreign_object'),
    );
  });
});
