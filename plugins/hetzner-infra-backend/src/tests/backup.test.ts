import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  coreServices,
  createServiceFactory,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
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
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(240_000);

const databases = testDatabases();
const SCRIPT = resolve(
  resolvePackagePath('@xpeditis/backstage-plugin-hetzner-infra-backend'),
  '../../scripts/databases/run.mjs',
);

const document = (name: string, web = 1) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: web, max: web }],
  },
});

describe.each(databases.eachSupportedId())('a backup on %p', id => {
  const secret = randomBytes(32).toString('base64');
  const sealing = { keys: [{ id: 'drill', secret }] };
  let sandbox: SandboxProcess;
  let folder: string;
  let file: string;
  let database: EngineDatabase;
  let backend: Record<string, unknown>;
  let knex: Knex;
  let portal: TestPortal;
  let scheduler: ReturnType<typeof mockServices.scheduler>;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    folder = mkdtempSync(join(tmpdir(), 'backup-'));
    file = join(folder, 'backups', 'portal.tar.gz');
    await place();
    configure({ sealing });
    await start();
  });
  afterEach(async () => {
    await end();
    rmSync(folder, { recursive: true });
  });

  /** Decides where the databases are, as a configuration does. */
  async function place() {
    if (id === 'SQLITE_3') {
      const directory = join(folder, 'database');
      await mkdir(directory);
      database = { filename: join(directory, 'hetzner-infra.sqlite') };
      backend = { client: 'better-sqlite3', connection: { directory } };
      return;
    }
    const server = postgresDatabaseOf(await databases.init(id));
    const { connection } = server as { connection: Knex.PgConnectionConfig };
    const prefix = `drill_${randomBytes(4).toString('hex')}_`;
    const name = `${prefix}hetzner-infra`;
    const admin = createKnex({ client: 'pg', connection });
    await admin.raw('create database ??', [name]);
    await admin.destroy();
    database = { connection: { ...connection, database: name } };
    const { host, port, user, password } = connection;
    backend = {
      client: 'pg',
      prefix,
      connection: { host, port, user, password },
    };
  }

  function configure(hetznerInfra: object) {
    writeFileSync(
      join(folder, 'app-config.yaml'),
      // JSON is YAML.
      JSON.stringify({ backend: { database: backend }, hetznerInfra }),
    );
  }

  async function start(config: object = {}) {
    knex = await openEngineDatabase(database);
    scheduler = mockServices.scheduler();
    portal = await TestPortal.start({
      sandbox,
      knex,
      config: { sealing, ...config },
      features: [
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
  }

  async function end() {
    await portal.stop();
    await knex.destroy();
  }

  /** Runs one of the commands; gives its words, and whether it did what it was asked. */
  async function command(
    name: 'backup' | 'restore',
    path = file,
    env: NodeJS.ProcessEnv = {},
  ) {
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [SCRIPT, name, path, join(folder, 'app-config.yaml')],
        { env: { ...process.env, ...env } },
      );
      return { ok: true, said: stdout };
    } catch (error) {
      return { ok: false, said: (error as { stderr: string }).stderr };
    }
  }

  /** What the backup holds of the plugin, with nothing compressed. */
  async function unpackedText(): Promise<string> {
    const unpacked = mkdtempSync(join(folder, 'unpacked-'));
    const run = promisify(execFile);
    await run('tar', ['-xzf', file, '-C', unpacked]);
    if (id === 'SQLITE_3') {
      return String(await readFile(join(unpacked, 'hetzner-infra.sqlite')));
    }
    const sql = join(unpacked, 'hetzner-infra.sql');
    await run('pg_restore', [
      `--file=${sql}`,
      join(unpacked, 'hetzner-infra.dump'),
    ]);
    return String(await readFile(sql));
  }

  /** What a restore may have left beside the databases. */
  async function besides(): Promise<string[]> {
    if (id === 'SQLITE_3') {
      return readdirSync(folder).filter(name => /before|restoring/.test(name));
    }
    const { connection, prefix } = backend as {
      connection: Knex.PgConnectionConfig;
      prefix: string;
    };
    const admin = createKnex({
      client: 'pg',
      connection: { ...connection, database: 'postgres' },
    });
    const names: string[] = await admin('pg_database')
      .where('datname', 'like', `${prefix}%`)
      .pluck('datname');
    await admin.destroy();
    return names.filter(name => name !== `${prefix}hetzner-infra`);
  }

  async function create(name: string) {
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document(name),
    });
    await portal.follow('ada', body.operation.id);
    const { body: operation } = await portal.call(
      'ada',
      'GET',
      `/operations/${body.operation.id}`,
    );
    expect(operation.state).toBe('succeeded');
  }

  const servers = async () => {
    const response = await fetch(`${sandbox.hetznerEndpoint}/servers`, {
      headers: { Authorization: 'Bearer sandbox' },
    });
    return ((await response.json()) as { servers: { name: string }[] }).servers
      .map(({ name }) => name)
      .sort();
  };

  it('brings back what was known, and the rest is adopted by name', async () => {
    await create('one');
    const secrets = await knex('environment_secrets').orderBy('name');
    const made = await command('backup');
    expect(made.said).toContain('hetzner-infra');
    expect(made.said).toContain('Keep the sealing key drill elsewhere');
    expect(made.ok).toBe(true);
    // eslint-disable-next-line no-bitwise
    expect(statSync(file).mode & 0o077).toBe(0);

    await create('two');
    const standing = await servers();
    expect(standing).toHaveLength(4);

    // A portal that runs would write what it knows over what is restored.
    const refused = await command('restore');
    expect(refused.ok).toBe(false);
    expect(refused.said).toContain('A portal runs on');
    await end();

    const restored = await command('restore');
    expect(restored.said).toContain('What was there before is kept');
    expect(restored.ok).toBe(true);

    await start({ sweeps: { expiry: { remove: false } } });
    expect(await knex('environment_secrets').orderBy('name')).toEqual(secrets);
    const { body: environments } = await portal.call(
      'ada',
      'GET',
      '/environments',
    );
    expect(environments.items.map(({ name }: any) => name)).toEqual(['one']);

    const { body: orphans } = await portal.call(
      'ada',
      'GET',
      '/orphans?fresh=true',
    );
    expect([...new Set(orphans.items.map((each: any) => each.reason))]).toEqual(
      ['unknown'],
    );
    expect(
      orphans.items
        .filter(({ kind }: any) => kind === 'server')
        .map(({ name }: any) => name)
        .sort(),
    ).toEqual(['two-control-plane-1-g1', 'two-web-1-g1']);
    const orphan = orphans.items.find(({ adoptable }: any) => adoptable);
    const taken = await portal.call('ada', 'DELETE', `/orphans/${orphan.id}`, {
      name: orphan.name,
    });
    expect(taken.status).toBe(409);
    expect(taken.body.error.message).toContain('The database was restored');
    const adopted = await portal.call(
      'ada',
      'POST',
      `/orphans/${orphan.id}/adopt`,
      { environment: 'two', owner: 'group:default/platform' },
    );
    expect(adopted.body).toMatchObject({ name: 'two', state: 'ready' });
    expect(
      (await portal.call('ada', 'GET', '/orphans?fresh=true')).body.items,
    ).toEqual([]);
    expect(await servers()).toEqual(standing);
  });

  it('waits to be confirmed before anything is applied or removed', async () => {
    await end();
    // One at a time: what comes second stays in the queue.
    await start({ operations: { leaseSeconds: 5, concurrency: 1 } });
    for (const name of ['changed', 'removed', 'extended']) await create(name);
    const hold = (await sandbox.control('POST', '/holds', {
      match: { key: 'POST /servers changed-web-2-g1' },
      nth: 1,
      when: 'before',
    })) as { id: number };
    const change = async (web: number) => {
      const { body: now } = await portal.call(
        'ada',
        'GET',
        '/environments/changed',
      );
      const { body } = await portal.call(
        'ada',
        'PUT',
        '/environments/changed',
        { environment: document('changed', web), revision: now.revision },
      );
      return body.operation.id as string;
    };
    const running = await change(2);
    await sandbox.control('GET', `/holds/${hold.id}?waitSeconds=60`);
    const queued: string = (
      await portal.call('ada', 'DELETE', '/environments/removed')
    ).body.operation.id;
    const over = Date.now() - 3_600_000;
    const extended = await knex('environments')
      .where('name', 'extended')
      .first('id', 'document');
    const endAt = (at: number) => {
      const parsed = JSON.parse(extended.document);
      parsed.metadata.expiresAt = new Date(at).toISOString();
      return knex('environments')
        .where('id', extended.id)
        .update({ document: JSON.stringify(parsed) });
    };
    await endAt(over);
    await knex('expiry_notices').insert({
      environment_id: extended.id,
      expires_at: over,
      notice: '1 h before',
      sent_at: over - 3_600_000,
    });
    expect((await command('backup')).ok).toBe(true);

    // What came after the backup: extended, not removed after all, and grown twice.
    await endAt(Date.now() + 86_400_000);
    await portal.call('ada', 'POST', `/operations/${queued}/cancel`);
    await sandbox.control('POST', `/holds/${hold.id}/release`);
    await portal.follow('ada', running);
    await portal.follow('ada', await change(3));
    const standing = await servers();
    expect(standing).toHaveLength(8);
    await end();

    expect((await command('restore')).said).toContain(
      'It applies and removes nothing until you confirm',
    );
    await start();
    expect(portal.logs.join('\n')).toContain('The database was restored on');
    const states = async () => {
      const found = [];
      for (const operation of [running, queued]) {
        const { body } = await portal.call(
          'ada',
          'GET',
          `/operations/${operation}`,
        );
        found.push(body.state);
      }
      return found;
    };
    await scheduler.triggerTask('hetzner-infra-expiry');
    const { status, body: health } = await portal.call('ada', 'GET', '/health');
    expect(status).toBe(503);
    expect(health.checks).toContainEqual(
      expect.objectContaining({ name: 'restoration', status: 'error' }),
    );
    expect(await states()).toEqual(['running', 'queued']);
    const removals = await knex('operations')
      .where({ environment_id: extended.id, goal: 'remove' })
      .pluck('id');
    expect(removals).toEqual([]);

    const path = '/restoration/confirm';
    expect((await portal.call('bo', 'POST', path)).status).toBe(403);
    expect(
      (
        await portal.call('ada', 'POST', '/environments/extended/extend', {
          until: new Date(Date.now() + 86_400_000).toISOString(),
        })
      ).status,
    ).toBe(200);
    expect((await portal.call('ada', 'POST', path)).status).toBe(204);
    expect((await portal.call('ada', 'POST', path)).status).toBe(409);
    expect(portal.audit).toContainEqual(
      expect.objectContaining({
        eventId: 'restoration-confirm',
        outcome: 'success',
        detail: {
          stoppedOperations: expect.arrayContaining([running, queued]),
        },
      }),
    );
    expect(await states()).toEqual(['failed', 'failed']);

    // The portal works again, and the older operations would have come first.
    await create('fresh');
    await scheduler.triggerTask('hetzner-infra-expiry');
    expect(await servers()).toEqual(
      [...standing, 'fresh-control-plane-1-g1', 'fresh-web-1-g1'].sort(),
    );
  });

  it('is whole while the portal writes, and its secrets stay sealed', async () => {
    let isDone = false;
    const write = async () => {
      for (let number = 0; !isDone; number++) {
        await knex.transaction(async tx => {
          for (const half of ['a', 'b']) {
            await tx('sealing_keyrings').insert({
              replica: `${number}-${half}`,
              key_ids: '[]',
              seen_at: Date.now() + 1e9,
            });
          }
        });
        // SQLite answers at once: the end of the command has to be heard.
        await new Promise(next => {
          setTimeout(next, 5);
        });
      }
    };
    const written = async () =>
      Number(
        (
          await knex('sealing_keyrings')
            .where('replica', 'like', '%-_')
            .count({ count: '*' })
        )[0].count,
      );
    const moreThan = async (count: number) => {
      while ((await written()) <= count) {
        await new Promise(next => {
          setTimeout(next, 5);
        });
      }
    };
    const token = `canary.${randomBytes(12).toString('hex')}`;
    const connection = `canary-${randomBytes(4).toString('hex')}`;
    const added = await portal.call(
      'ada',
      'PUT',
      `/connections/${connection}`,
      {
        kind: 'hetzner',
        owner: 'group:default/platform',
        usableBy: [],
        secrets: { token },
      },
    );
    expect(added.status).toBe(200);
    const writing = write();
    await moreThan(0);
    const made = await command('backup');
    await moreThan(await written());
    isDone = true;
    await writing;
    const live = await written();
    expect(made.said).toContain('Wrote');
    const text = await unpackedText();
    expect(text).toContain(connection);
    expect(text).not.toContain(token);

    await end();
    expect((await command('restore')).ok).toBe(true);
    knex = await openEngineDatabase(database);
    const halves: string[] = await knex('sealing_keyrings')
      .where('replica', 'like', '%-_')
      .pluck('replica');
    const count = (half: string) =>
      halves.filter(replica => replica.endsWith(half)).length;
    expect(count('-a')).toBe(count('-b'));
    expect(halves.length).toBeGreaterThan(0);
    expect(halves.length).toBeLessThan(live);
    await knex('sealing_keyrings').delete();
    await knex.destroy();
    await start();
  });

  it('is not restored where it does not fit, and nothing changes', async () => {
    await create('one');
    await command('backup');
    expect((await command('backup')).said).toContain('exists');
    await end();

    const refusals = async () => (await command('restore')).said;
    configure({ sealing: { keys: [{ id: 'another', secret }] } });
    expect(await refusals()).toContain(
      'The secrets in the file are sealed with the key drill, which hetznerInfra.sealing.keys does not have.',
    );
    configure({ sealing });
    expect((await command('restore', join(folder, 'none'))).said).toContain(
      'There is no file',
    );
    const other = join(folder, 'other.tar.gz');
    const unpacked = join(folder, 'unpacked');
    await mkdir(unpacked);
    const tar = promisify(execFile);
    await tar('tar', ['-xzf', file, '-C', unpacked]);
    const manifest = JSON.parse(
      await readFile(join(unpacked, 'manifest.json'), 'utf8'),
    );
    const changed = async (change: object) => {
      writeFileSync(
        join(unpacked, 'manifest.json'),
        JSON.stringify({ ...manifest, ...change }),
      );
      await tar('tar', ['-czf', other, '-C', unpacked, '.']);
      return (await command('restore', other)).said;
    };
    expect(
      await changed({
        databases: manifest.databases.map((each: any) => ({
          ...each,
          migrations: [...each.migrations, '20991231_later.js'],
        })),
      }),
    ).toContain('which this version does not know');
    expect(await changed({ backstage: '99.0.0' })).toContain(
      'with Backstage 99.0.0',
    );
    expect(await changed({ client: 'mysql' })).toContain('made of mysql');
    expect(await changed({ format: 2 })).toContain('has the format 2');
    expect(
      await changed({
        databases: manifest.databases.map((each: any) => ({
          ...each,
          sha256: '0',
        })),
      }),
    ).toContain('is not as it was written');

    expect(await besides()).toEqual([]);
    await start();
    const { body } = await portal.call('ada', 'GET', '/environments');
    expect(body.items.map(({ name }: any) => name)).toEqual(['one']);
  });

  it('leaves nothing when it is interrupted', async () => {
    await create('one');
    const bin = join(folder, 'bin');
    await mkdir(bin);
    // Its last program says that it is there, and waits for its end.
    const began = join(folder, 'began');
    writeFileSync(
      join(bin, 'tar'),
      `#!/bin/sh\ntouch ${began}\nexec sleep 600\n`,
      { mode: 0o755 },
    );
    const child = spawn(
      process.execPath,
      [SCRIPT, 'backup', file, join(folder, 'app-config.yaml')],
      {
        env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const said: string[] = [];
    child.stderr.on('data', chunk => said.push(String(chunk)));
    const ended = once(child, 'close');
    while (!existsSync(began) && child.exitCode === null) {
      await new Promise(next => {
        setTimeout(next, 20);
      });
    }
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(said.join('')).toContain('Interrupted.');
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);

    // What a run leaves that is killed is named by the next one.
    const left = join(folder, 'backups', 'portal-backup-killed');
    await mkdir(left);
    expect((await command('backup')).said).toContain(left);
  });

  if (id === 'SQLITE_3') {
    it('is complete or refused when the restore is killed in the middle', async () => {
      await create('one');
      await command('backup');
      await end();
      const kill = join(folder, 'kill.mjs');
      writeFileSync(
        kill,
        `import fs from 'node:fs/promises';
        const rename = fs.rename;
        fs.rename = async (...places) => {
          await rename(...places);
          process.kill(process.pid, 'SIGKILL');
          await new Promise(() => setInterval(() => {}, 1000));
        };`,
      );
      const killed = await command('restore', file, {
        NODE_OPTIONS: `--import=${kill}`,
        // What it unpacked stays, as after any kill.
        TMPDIR: folder,
      });
      expect(killed.ok).toBe(false);
      const directory = join(folder, 'database');
      expect(existsSync(directory)).toBe(false);
      const starts = () =>
        promisify(execFile)(process.execPath, [
          '--input-type=module',
          '--eval',
          `import { refuseInterruptedRestore } from ${JSON.stringify(
            pathToFileURL(resolve(SCRIPT, '../../interruptedRestore.mjs')).href,
          )};
          await refuseInterruptedRestore(${JSON.stringify(directory)});`,
        ]);
      await expect(starts()).rejects.toThrow(
        'A restore was interrupted in the middle',
      );
      const [incoming] = (await besides()).filter(name =>
        name.includes('restoring'),
      );
      renameSync(join(folder, incoming), directory);
      await starts();
      await start();
      const { body } = await portal.call('ada', 'GET', '/environments');
      expect(body.items.map(({ name }: any) => name)).toEqual(['one']);
    });
  }
});

if (databases.supports('POSTGRES_15')) {
  describe('a backup of one database with a schema for each plugin', () => {
    let folder: string;
    let file: string;
    let admin: Knex;
    let connection: Knex.PgConnectionConfig;
    let name: string;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'schemas-'));
      file = join(folder, 'portal.tar.gz');
      ({ connection } = postgresDatabaseOf(
        await databases.init('POSTGRES_15'),
      ) as { connection: Knex.PgConnectionConfig });
      admin = createKnex({ client: 'pg', connection });
      name = `schemas_${randomBytes(4).toString('hex')}`;
      await admin.raw('create database ??', [name]);
    });
    afterEach(async () => {
      await admin.destroy();
      rmSync(folder, { recursive: true });
    });

    const open = () =>
      createKnex({
        client: 'pg',
        connection: { ...connection, database: name },
      });

    async function command(which: 'backup' | 'restore', changes: object = {}) {
      const { host, port, user, password } = connection;
      const configuration = join(folder, 'app-config.yaml');
      writeFileSync(
        configuration,
        JSON.stringify({
          backend: {
            database: {
              client: 'pg',
              pluginDivisionMode: 'schema',
              connection: { host, port, user, password, database: name },
              ...changes,
            },
          },
        }),
      );
      return promisify(execFile)(process.execPath, [
        SCRIPT,
        which,
        file,
        configuration,
      ]).then(
        ({ stdout }) => stdout,
        error => error.stderr as string,
      );
    }

    it('goes back into such a one, marked, and into nothing else', async () => {
      const before = open();
      await before.raw('create schema "hetzner-infra"');
      await before.raw('create schema catalog');
      await before.raw('create table catalog.entities (id integer)');
      await before.raw('insert into catalog.entities values (7)');
      await before.raw(
        'create table "hetzner-infra".installation (id integer)',
      );
      await before.raw(
        'create table "hetzner-infra".knex_migrations (name text)',
      );
      await before.raw(
        `insert into "hetzner-infra".knex_migrations values ('20991231_later.js')`,
      );
      expect(await command('backup')).toContain('Wrote');
      await before.raw('delete from catalog.entities');
      await before.destroy();

      // What its plugin has is known though the database has another name.
      expect(await command('restore')).toContain('20991231_later.js');
      rmSync(file);
      const older = open();
      await older.raw(
        `update "hetzner-infra".knex_migrations set name = '20261123_init.js'`,
      );
      await older.raw('insert into catalog.entities values (8)');
      await older.destroy();
      expect(await command('backup')).toContain('Wrote');
      expect(
        await command('restore', { pluginDivisionMode: 'database' }),
      ).toContain('Set backend.database.pluginDivisionMode to schema');
      const { host, port, user, password } = connection;
      expect(
        await command('restore', {
          connection: { host, port, user, password },
        }),
      ).toContain("Name a database of the portal's own");

      expect(await command('restore')).toContain(`Restored ${name}`);
      const restored = open();
      expect(await restored('catalog.entities').pluck('id')).toEqual([8]);
      expect(
        (await restored.raw('select * from "hetzner-infra".restorations')).rows,
      ).toHaveLength(1);
      await restored.destroy();
    });
  });
}
