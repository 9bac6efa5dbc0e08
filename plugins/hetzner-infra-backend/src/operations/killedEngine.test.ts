import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { smallEnvironment, TestEngine } from '../__testUtils__/engine';
import {
  openEngineDatabase,
  postgresDatabaseOf,
  type EngineDatabase,
} from '../__testUtils__/engineDatabase';
import { startEngineProcess } from '../__testUtils__/startEngineProcess';
import { testDatabases } from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';

jest.setTimeout(240_000);

/** An operation takes some thirty calls; these are spread over all of it. */
const KILL_POINTS: ['before' | 'after', number][] = [
  ['after', 9],
  ['before', 14],
  ['after', 24],
];

const databases = testDatabases();

/** The fault matrix kills on SQLite. */
const DATABASE: TestDatabaseId = databases.supports('POSTGRES_15')
  ? 'POSTGRES_15'
  : 'SQLITE_3';

describe('an engine that is killed', () => {
  let sandbox: SandboxProcess;
  let folder: string;
  let files = 0;
  let knex: Knex;
  let engine: TestEngine;

  beforeAll(async () => {
    sandbox = await startSandbox();
    folder = await mkdtemp(join(tmpdir(), 'killed-engine-'));
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => knex.destroy());

  /** An empty database that several processes can open. */
  async function newDatabase(id: TestDatabaseId): Promise<EngineDatabase> {
    if (id === 'SQLITE_3') {
      files += 1;
      return { filename: join(folder, `${files}.sqlite`) };
    }
    return postgresDatabaseOf(await databases.init(id));
  }

  /** Runs engine processes until the operation has ended; the first one is killed. */
  async function runToTheEnd(
    operationId: string,
    database: EngineDatabase,
    killAt: [string, number],
  ) {
    let processes = 0;
    const start = (args: string[]) => {
      processes += 1;
      return startEngineProcess(sandbox.hetznerEndpoint, database, { args });
    };
    const first = start(killAt.map(String));
    const [, signal] = await Promise.race([
      once(first, 'exit'),
      // An operation that has fewer calls ends without being killed.
      engine.ended(operationId).then(() => [null, null]),
    ]);
    if (signal !== 'SIGKILL') {
      first.kill('SIGKILL');
      return { killed: false, processes };
    }
    const second = start([]);
    try {
      await engine.ended(operationId);
    } finally {
      second.kill('SIGKILL');
      await once(second, 'exit');
    }
    return { killed: true, processes };
  }

  it.each(KILL_POINTS.map(point => [...point, DATABASE] as const))(
    '%s its call %i of a create makes nothing twice, and removes everything when killed in the removal too, %s',
    async (moment, call, id) => {
      await sandbox.control('DELETE', '/state');
      const database = await newDatabase(id);
      knex = await openEngineDatabase(database);
      engine = new TestEngine(knex, sandbox.hetznerEndpoint);

      const create = await engine.submitCreate(smallEnvironment('shop'));
      const created = await runToTheEnd(create.id, database, [moment, call]);
      expect(created.killed).toBe(true);
      expect(await engine.operations.find(create.id)).toMatchObject({
        state: 'succeeded',
      });
      expect(await engine.standing()).toEqual({
        certificates: ['shop-certificate-g1'],
        firewalls: ['shop-firewall-control-plane', 'shop-firewall-workers'],
        load_balancers: ['shop-load-balancer'],
        networks: ['shop-network'],
        placement_groups: ['shop-spread-control-plane-1', 'shop-spread-web-1'],
        servers: ['shop-control-plane-1-g1', 'shop-web-1-g1', 'shop-web-2-g1'],
        ssh_keys: ['shop-ssh-key-1-g1'],
      });

      const removal = await engine.submitRemoval('shop');
      const removed = await runToTheEnd(removal.id, database, [moment, call]);
      expect(removed.killed).toBe(true);
      expect(await engine.operations.find(removal.id)).toMatchObject({
        state: 'succeeded',
      });
      expect(await engine.standing()).toEqual({});
    },
  );
});
