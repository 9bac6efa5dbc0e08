import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';

/** Opens a database file with the plugin's tables, as several processes share it one after another. */
export async function openEngineDatabase(filename: string): Promise<Knex> {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate(
        connection: { pragma(text: string): void },
        done: () => void,
      ) {
        connection.pragma('foreign_keys = ON');
        connection.pragma('journal_mode = WAL');
        connection.pragma('busy_timeout = 5000');
        done();
      },
    },
  });
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@xpeditis/backstage-plugin-hetzner-infra-backend',
      'migrations',
    ),
  });
  return knex;
}
