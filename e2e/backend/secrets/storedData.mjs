import fs from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';

/** @typedef {import('./secretSearch.mjs').Haystack} Haystack */

const asBytes = value =>
  Buffer.isBuffer(value) ? value : Buffer.from(String(value));

/**
 * Every column of every row of every table.
 *
 * @param {import('better-sqlite3').Database} database
 * @param {string} name
 * @returns {Haystack[]} one for each table that has rows
 */
export function readTables(database, name) {
  const tables = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .pluck()
    .all();
  return tables.flatMap(table => {
    const rows = database.prepare(`SELECT * FROM "${table}"`).raw().all();
    const values = rows.flat().flatMap(value => [asBytes(value), '\n']);
    return rows.length > 0
      ? [
          {
            place: `${name} ${table}`,
            content: Buffer.concat(values.map(asBytes)),
          },
        ]
      : [];
  });
}

/**
 * Every table of every SQLite database in a folder; a backend may be using them.
 *
 * @param {string} folder
 * @returns {Promise<Haystack[]>}
 */
export async function readDatabases(folder) {
  const files = (await fs.readdir(folder)).filter(file =>
    file.endsWith('.sqlite'),
  );
  return files.flatMap(file => {
    const database = new Database(path.join(folder, file), { readonly: true });
    try {
      return readTables(database, file);
    } finally {
      database.close();
    }
  });
}

/**
 * Every file below some folders, byte by byte: what a database has deleted and
 * not yet overwritten is in it as well.
 *
 * @param {string} base
 * @param {string[]} folders below `base`
 * @returns {Promise<Haystack[]>}
 */
export async function readFiles(base, folders) {
  const lists = await Promise.all(
    folders.map(folder =>
      fs.readdir(path.join(base, folder), {
        recursive: true,
        withFileTypes: true,
      }),
    ),
  );
  return Promise.all(
    lists
      .flat()
      .filter(entry => entry.isFile())
      .map(async entry => {
        const file = path.join(entry.parentPath, entry.name);
        return {
          place: `file ${path.relative(base, file)}`,
          content: await fs.readFile(file),
        };
      }),
  );
}
