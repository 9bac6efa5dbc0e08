import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';

/** A database that several processes share one after another: a file of SQLite's, or one of a PostgreSQL server. */
export type EngineDatabase =
  | { filename: string }
  | { connection: Knex.PgConnectionConfig };

const sqlite = (filename: string): Knex.Config => ({
  client: 'better-sqlite3',
  connection: { filename },
  useNullAsDefault: true,
  pool: {
    min: 1,
    max: 1,
    afterCreate(connection: { pragma(text: string): void }, done: () => void) {
      connection.pragma('foreign_keys = ON');
      connection.pragma('journal_mode = WAL');
      connection.pragma('busy_timeout = 5000');
      done();
    },
  },
});

/**
 * The PostgreSQL database of a client, for other processes to open. The password
 * is named because knex hides it from spreading and from JSON (knex 3,
 * lib/client.js).
 */
export function postgresDatabaseOf({ client }: Knex): EngineDatabase {
  const connection: Knex.PgConnectionConfig = client.config.connection;
  return { connection: { ...connection, password: connection.password } };
}

/** Opens a database with the plugin's tables. */
export async function openEngineDatabase(
  database: EngineDatabase,
): Promise<Knex> {
  const knex = createKnex(
    'filename' in database
      ? sqlite(database.filename)
      : { client: 'pg', connection: database.connection },
  );
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@xpeditis/backstage-plugin-hetzner-infra-backend',
      'migrations',
    ),
  });
  return knex;
}
