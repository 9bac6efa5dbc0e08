import fs from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Problem } from '../problem.mjs';
import { leftoverRestores } from '../interruptedRestore.mjs';
import { interruption } from './interruption.mjs';
import { MARKED, MARKED_TABLE, restorationMark } from './restorationMark.mjs';

const ENDING = '.sqlite';

/** Of a database that are copied before others are let in (better-sqlite3, backup). */
const PAGES_AT_ONCE = 100;

/** What of a database tells what it holds. */
export const FACTS = {
  migrations: 'select name from knex_migrations order by name',
  sealed: [
    'select secrets as sealed from connections',
    'select value as sealed from environment_secrets',
  ],
};

/** Rows of a query; none where its table does not exist. */
function rowsOf(database, query) {
  try {
    return database.prepare(query).all();
  } catch (error) {
    if (/no such (table|column)/.test(error.message)) {
      return [];
    }
    throw error;
  }
}

/**
 * Copies the databases in a folder with SQLite's online backup, each as it is at
 * one moment, whoever writes meanwhile.
 *
 * @param {{ folder: string }} database
 * @param {string} destination a folder
 * @returns {Promise<import('./manifest.mjs').Content[]>}
 */
export async function copySqlite({ folder }, destination) {
  const files = (await fs.readdir(folder).catch(() => [])).filter(file =>
    file.endsWith(ENDING),
  );
  const contents = [];
  for (const file of files.sort()) {
    const source = new Database(path.join(folder, file), { readonly: true });
    const copy = path.join(destination, file);
    try {
      await source.backup(copy, {
        progress() {
          interruption.throwIfAborted();
          return PAGES_AT_ONCE;
        },
      });
    } finally {
      source.close();
    }
    const copied = new Database(copy);
    try {
      // One file, without a log beside it.
      copied.pragma('journal_mode = DELETE');
      contents.push({
        name: file.slice(0, -ENDING.length),
        file,
        migrations: rowsOf(copied, FACTS.migrations).map(({ name }) => name),
        sealed: FACTS.sealed.flatMap(query =>
          rowsOf(copied, query).map(({ sealed }) => sealed),
        ),
      });
    } finally {
      copied.close();
    }
  }
  return contents;
}

/** Whether a process of this account has a file of a folder open (proc(5), /proc/pid/fd). */
async function isOpen(folder) {
  const inside = `${await fs.realpath(folder)}${path.sep}`;
  for (const pid of await fs.readdir('/proc')) {
    if (!/^\d+$/.test(pid)) {
      continue;
    }
    const descriptors = await fs.readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await fs
        .readlink(`/proc/${pid}/fd/${descriptor}`)
        .catch(() => '');
      if (target.startsWith(inside)) {
        return pid;
      }
    }
  }
  return undefined;
}

/**
 * @param {{ folder: string }} database
 * @throws {Problem} while a portal runs on it
 */
export async function refuseOpenSqlite({ folder }) {
  const exists = await fs.stat(folder).catch(() => undefined);
  const pid = exists && (await isOpen(folder));
  if (pid) {
    throw new Problem(
      `A portal runs on the databases in ${folder} (process ${pid}). End it first: what it knows would be written over what is restored.`,
    );
  }
}

/**
 * Puts copies in the place of the databases. Those that were there stay beside
 * them.
 *
 * @param {{ folder: string }} database
 * @param {string} source a folder with the copies
 * @param {import('./manifest.mjs').Content[]} contents
 * @param {string} stamp names what was there before
 * @param {Parameters<typeof restorationMark>[0]} times
 * @returns {Promise<string | undefined>} where those are that were there
 */
export async function placeSqlite({ folder }, source, contents, stamp, times) {
  await fs.mkdir(path.dirname(folder), { recursive: true });
  const incoming = `${folder}.restoring-${stamp}`;
  await fs.mkdir(incoming, { mode: 0o700 });
  for (const { name, file } of contents) {
    await fs.copyFile(path.join(source, file), path.join(incoming, file));
    await fs.chmod(path.join(incoming, file), 0o600);
    if (name === MARKED) mark(path.join(incoming, file), times);
    await sync(path.join(incoming, file));
  }
  await sync(incoming);
  if (interruption.aborted) {
    await fs.rm(incoming, { recursive: true });
    interruption.throwIfAborted();
  }
  const before = `${folder}.before-${stamp}`;
  const moved = await fs.rename(folder, before).then(
    () => true,
    error => {
      if (error.code !== 'ENOENT') {
        throw error;
      }
      return false;
    },
  );
  await sync(path.dirname(folder));
  await fs.rename(incoming, folder);
  await sync(path.dirname(folder));
  return moved ? before : undefined;
}

function mark(file, times) {
  const database = new Database(file);
  try {
    const has = database
      .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
      .get(MARKED_TABLE);
    if (has) database.exec(restorationMark(times).join(';\n'));
  } finally {
    database.close();
  }
}

/** Has a file or the names in a folder written to the disk, so that a crash does not undo it (fsync(2)). */
async function sync(place) {
  const handle = await fs.open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What restores have left that were killed. */
export const leftoverSqlite = ({ folder }) => leftoverRestores(folder);
