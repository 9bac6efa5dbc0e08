import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import createKnex, { type Knex } from 'knex';
import { testDatabases } from '../__testUtils__/migratedDatabase';
import { useWriteAheadLog } from './useWriteAheadLog';

jest.setTimeout(60_000);

const databases = testDatabases();

describe('useWriteAheadLog', () => {
  let folder: string;
  let knex: Knex;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'write-ahead-log-'));
    knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: path.join(folder, 'database.sqlite') },
      useNullAsDefault: true,
    });
  });

  afterEach(async () => {
    await knex.destroy();
    await rm(folder, { recursive: true });
  });

  const pragma = async (name: string) =>
    Object.values((await knex.raw(`pragma ${name}`))[0])[0];

  it('makes SQLite append to a log, and wait for the disk as before', async () => {
    const synchronous = await pragma('synchronous');
    expect(await pragma('journal_mode')).toBe('delete');
    await useWriteAheadLog(knex);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(synchronous);
  });

  it.each(databases.eachSupportedId())('leaves %p usable', async id => {
    const other = await databases.init(id);
    await useWriteAheadLog(other);
    expect(await other.select(other.raw('1 as one')).first()).toEqual({
      one: 1,
    });
  });
});
