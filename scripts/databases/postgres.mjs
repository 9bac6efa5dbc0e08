import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Problem } from '../problem.mjs';
import { interruption } from './interruption.mjs';
import { runProgram } from './programs.mjs';
import { MARKED, MARKED_TABLE, restorationMark } from './restorationMark.mjs';
import { SCHEMAS_FILE } from './manifest.mjs';
import { FACTS } from './sqlite.mjs';

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';

/** Where a server is asked about databases that are not the configured one. */
const MAINTENANCE = 'postgres';

/** Of a plugin (Backstage documentation, Naming patterns). What else begins with the prefix is another portal's, with a longer one. */
const PLUGIN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

async function withClient(connection, database, work) {
  const client = new pg.Client({ ...connection, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Rows of a query within a transaction; none where its table does not exist. */
async function rowsOf(client, query) {
  await client.query('savepoint facts');
  try {
    return (await client.query(query)).rows;
  } catch (error) {
    if (error.code === UNDEFINED_TABLE || error.code === UNDEFINED_COLUMN) {
      await client.query('rollback to savepoint facts');
      return [];
    }
    throw error;
  }
}

/** The portal's databases on a server: one for each plugin, or one for all with a schema for each. */
async function databasesOf({ connection, division, prefix }) {
  if (division === 'schema') {
    return [connection.database ?? MAINTENANCE];
  }
  return withClient(connection, MAINTENANCE, async client => {
    const { rows } = await client.query(
      'select datname from pg_database where starts_with(datname, $1) order by datname',
      [prefix],
    );
    return rows
      .map(({ datname }) => datname)
      .filter(name => PLUGIN.test(name.slice(prefix.length)));
  });
}

/** The variables of libpq (PostgreSQL documentation, 34.15): nothing secret becomes an argument that others can list. */
async function withEnvironment(connection, database, work) {
  const { host, port, user, password, ssl } = connection;
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-pg-'));
  try {
    const env = {
      // As an argument it could be a whole connection string.
      PGDATABASE: database,
      ...(host && { PGHOST: host }),
      ...(port && { PGPORT: String(port) }),
      ...(user && { PGUSER: user }),
      ...(password && { PGPASSWORD: password }),
    };
    if (ssl) {
      // The system's certificates where the configuration names none (libpq 16 and newer).
      env.PGSSLMODE = 'verify-full';
      env.PGSSLROOTCERT = 'system';
      if (ssl.ca) {
        env.PGSSLROOTCERT = path.join(folder, 'ca.pem');
        await fs.writeFile(env.PGSSLROOTCERT, ssl.ca, { mode: 0o600 });
      }
    }
    return await work(env);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

/**
 * Dumps the portal's databases, each as it is at one moment, whoever writes
 * meanwhile (pg_dump(1)).
 *
 * @param {object} database
 * @param {string} destination a folder
 * @returns {Promise<import('./manifest.mjs').Content[]>}
 */
export async function dumpPostgres(database, destination) {
  const { connection, division, prefix } = database;
  const names = await databasesOf(database);
  const contents = [];
  for (const full of names) {
    const name = division === 'schema' ? full : full.slice(prefix.length);
    const file = division === 'schema' ? SCHEMAS_FILE : `${name}.dump`;
    const facts = await withClient(connection, full, async client => {
      // The dump and what is said of it are of one moment (PostgreSQL
      // documentation, 9.28.5, Snapshot Synchronization Functions).
      await client.query(
        'begin transaction isolation level repeatable read, read only',
      );
      const { rows } = await client.query(
        'select pg_export_snapshot() as snapshot',
      );
      await withEnvironment(connection, full, env =>
        runProgram(
          'pg_dump',
          [
            '--format=custom',
            '--no-owner',
            '--no-privileges',
            `--snapshot=${rows[0].snapshot}`,
            `--file=${path.join(destination, file)}`,
          ],
          { env },
        ),
      );
      if (division === 'schema') {
        await client.query('set local search_path to "hetzner-infra"');
      }
      const migrations = await rowsOf(client, FACTS.migrations);
      const sealed = [];
      for (const query of FACTS.sealed) {
        sealed.push(...(await rowsOf(client, query)));
      }
      return {
        migrations: migrations.map(row => row.name),
        sealed: sealed.map(row => row.sealed),
      };
    });
    contents.push({ name, file, ...facts });
  }
  return contents;
}

/** Databases that restores have left which were killed. */
export async function leftoverPostgres({ connection, division, prefix }) {
  const start =
    division === 'schema' ? connection.database ?? MAINTENANCE : prefix;
  return withClient(connection, MAINTENANCE, async client => {
    const { rows } = await client.query(
      "select datname from pg_database where starts_with(datname, $1) and datname ~ '_restoring_[0-9]+$' order by datname",
      [start],
    );
    return rows.map(({ datname }) => datname);
  });
}

/**
 * @param {object} database
 * @throws {Problem} while somebody is connected to one of the databases
 */
export async function refuseOpenPostgres(database) {
  const names = await databasesOf(database);
  const { rows } = await withClient(database.connection, MAINTENANCE, client =>
    client.query(
      'select datname, count(*)::int as count from pg_stat_activity where datname = any($1) and pid <> pg_backend_pid() group by datname order by datname',
      [names],
    ),
  );
  if (rows.length > 0) {
    throw new Problem(
      `A portal runs on these databases, or somebody else is connected: ${rows
        .map(({ datname, count }) => `${datname} (${count})`)
        .join(
          ', ',
        )}. End all backends first: what they know would be written over what is restored.`,
    );
  }
}

async function mark(client, division, times) {
  if (division === 'schema') {
    await client.query(`set search_path to ${pg.escapeIdentifier(MARKED)}`);
  }
  const { rows } = await client.query(
    'select 1 from information_schema.tables where table_schema = current_schema() and table_name = $1',
    [MARKED_TABLE],
  );
  if (rows.length === 0) return;
  for (const statement of restorationMark(times)) {
    await client.query(statement);
  }
}

/**
 * Puts dumps in the place of the databases, all of them at one moment. Those that
 * were there stay under another name.
 *
 * @param {object} database
 * @param {string} source a folder with the dumps
 * @param {import('./manifest.mjs').Content[]} contents
 * @param {string} stamp names what was there before
 * @param {Parameters<typeof restorationMark>[0]} times
 * @returns {Promise<string | undefined>} what those are called that were there
 */
export async function placePostgres(database, source, contents, stamp, times) {
  const { connection, division, prefix } = database;
  const quoted = name => pg.escapeIdentifier(name);
  if (
    division === 'schema' &&
    (connection.database ?? MAINTENANCE) === MAINTENANCE
  ) {
    throw new Problem(
      "The configuration keeps all schemas in the database postgres, which the restore itself works from and cannot rename. Name a database of the portal's own in backend.database.connection.database.",
    );
  }
  const targets = contents.map(({ name, file }) => ({
    file,
    isMarked: division === 'schema' || name === MARKED,
    name:
      division === 'schema'
        ? connection.database ?? MAINTENANCE
        : `${prefix}${name}`,
  }));
  const incoming = ({ name }) => `${name}_restoring_${stamp}`;
  const before = ({ name }) => `${name}_before_${stamp}`;
  return withClient(connection, MAINTENANCE, async client => {
    try {
      for (const target of targets) {
        await client.query(
          `create database ${quoted(incoming(target))} template template0`,
        );
        await withEnvironment(connection, incoming(target), env =>
          runProgram(
            'pg_restore',
            [
              '--exit-on-error',
              '--single-transaction',
              '--no-owner',
              '--no-privileges',
              // An empty name is that of the environment.
              '--dbname=',
              path.join(source, target.file),
            ],
            { env },
          ),
        );
        if (target.isMarked) {
          await withClient(connection, incoming(target), restored =>
            mark(restored, division, times),
          );
        }
      }
      const { rows } = await client.query(
        'select datname from pg_database where datname = any($1)',
        [targets.map(({ name }) => name)],
      );
      const there = new Set(rows.map(({ datname }) => datname));
      interruption.throwIfAborted();
      await client.query('begin');
      for (const target of targets) {
        if (there.has(target.name)) {
          await rename(client, target.name, before(target));
        }
        await rename(client, incoming(target), target.name);
      }
      await client.query('commit');
      return there.size > 0
        ? targets
            .filter(({ name }) => there.has(name))
            .map(before)
            .join(', ')
        : undefined;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      for (const target of targets) {
        await client.query(
          `drop database if exists ${quoted(incoming(target))}`,
        );
      }
      throw error;
    }
  });

  async function rename(client, from, to) {
    try {
      await client.query(
        `alter database ${quoted(from)} rename to ${quoted(to)}`,
      );
    } catch (error) {
      if (error.code !== '55006') {
        throw error;
      }
      throw new Problem(
        `Somebody connected to ${from} meanwhile. Nothing was changed. End all backends and start again.`,
      );
    }
  }
}
