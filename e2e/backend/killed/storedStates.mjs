import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * What the databases of a backend that was killed say; what it had not
 * finished writing is undone, as a restart would.
 *
 * @param {string} state folder of the portal
 * @param {'hetzner-infra' | 'scaffolder'} plugin
 * @param {string} query
 * @param {string} id
 */
function readColumn(state, plugin, query, id) {
  const file = path.join(state, 'database', `${plugin}.sqlite`);
  const database = new Database(file, { fileMustExist: true });
  try {
    return database.prepare(query).pluck().get(id);
  } finally {
    database.close();
  }
}

/** State of an operation. */
export const storedOperationState = (state, id) =>
  readColumn(
    state,
    'hetzner-infra',
    'SELECT state FROM operations WHERE id = ?',
    id,
  );

/** Status of a scaffolder task. */
export const storedTaskStatus = (state, id) =>
  readColumn(state, 'scaffolder', 'SELECT status FROM tasks WHERE id = ?', id);
