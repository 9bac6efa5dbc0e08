import path from 'node:path';
import { parseArgs } from 'node:util';
import { rowsOf } from './rows.mjs';

const ROWS_AT_ONCE = 500;

/**
 * Fills a portal's database with environments that exist nowhere. The portal
 * must have started once, so that the tables are there; it may run.
 *
 * @param {string} file of SQLite
 * @param {{ environments: number, operations: number, now: number }} options see rows.mjs
 */
async function seed(file, options) {
  const { default: createKnex } = await import('knex');
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  try {
    await knex.raw('pragma busy_timeout = 10000');
    await knex.transaction(async tx => {
      for (const [table, rows] of Object.entries(rowsOf(options))) {
        await tx.batchInsert(table, rows, ROWS_AT_ONCE);
      }
    });
  } finally {
    await knex.destroy();
  }
}

/**
 * Fills the database of a state folder, in a process with the portal's own Node:
 * SQLite's client is built for that one, and who calls may run on another.
 *
 * @param {string} state
 * @param {{ node: string, env: NodeJS.ProcessEnv }} toolchain
 * @param {import('../../scripts/children.mjs').Children} children
 * @param {{ environments: number, operations: number }} options
 */
export async function seedState(state, toolchain, children, options) {
  const { runToEnd } = await import('../../scripts/children.mjs');
  const { code, output } = await runToEnd(children, {
    name: 'the seed of the database',
    command: toolchain.node,
    args: [
      import.meta.filename,
      ...['--state', state],
      ...['--environments', String(options.environments)],
      ...['--operations', String(options.operations)],
    ],
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: toolchain.env,
    log: path.join(state, 'logs', 'seed.log'),
  });
  if (code !== 0) {
    throw new Error(`The environments were not written: ${output}`);
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      state: { type: 'string', default: '.local' },
      environments: { type: 'string', default: '1000' },
      operations: { type: 'string', default: '20' },
    },
  });
  const file = path.join(values.state, 'database', 'hetzner-infra.sqlite');
  await seed(file, {
    environments: Number(values.environments),
    operations: Number(values.operations),
    now: Date.now(),
  });
  console.log(`${values.environments} environments written to ${file}`);
}
