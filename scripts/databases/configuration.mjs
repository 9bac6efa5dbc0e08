import path from 'node:path';
import { ConfigSources } from '@backstage/config-loader';
import { parse as parseConnectionString } from 'pg-connection-string';
import { Problem } from '../problem.mjs';
import { root } from '../settings.mjs';

/** Backstage's own, where the configuration names none (backend-defaults, DatabaseManager). */
const PREFIX = 'backstage_plugin_';

/**
 * @typedef {object} Configuration
 * @property {{ client: 'better-sqlite3', folder: string }
 *   | { client: 'pg', connection: import('pg').ClientConfig, division: 'database' | 'schema', prefix: string }} database
 * @property {string[]} sealingKeyIds
 *
 * Reads where the databases of the portal are, as the backend does.
 *
 * @param {string[]} files of the configuration; the local portal's when empty
 * @returns {Promise<Configuration>}
 * @throws {Problem} for databases that are no files and no PostgreSQL server
 */
export async function readConfiguration(files) {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: files.flatMap(file => ['--config', file]),
      rootDir: root,
      watch: false,
    }),
  );
  try {
    return {
      database: databaseOf(config.getConfig('backend.database')),
      sealingKeyIds: (
        config.getOptionalConfigArray('hetznerInfra.sealing.keys') ?? []
      ).map(key => key.getString('id')),
    };
  } finally {
    config.close();
  }
}

function databaseOf(config) {
  const client = config.getString('client');
  if (config.has('plugin')) {
    throw new Problem(
      'Some plugins have a database of their own in the configuration (backend.database.plugin). Back those up with the tools of their database; this command knows one place for all.',
    );
  }
  if (client === 'better-sqlite3') {
    const folder =
      config.get('connection') instanceof Object
        ? config.getOptionalString('connection.directory')
        : undefined;
    if (!folder) {
      throw new Problem(
        'The databases of this configuration are in memory: backend.database.connection names no directory. There is nothing to back up or restore.',
      );
    }
    // Relative to where the backend runs.
    return {
      client,
      folder: path.resolve(root, 'packages', 'backend', folder),
    };
  }
  if (client === 'pg') {
    const connection = config.get('connection');
    return {
      client,
      connection:
        typeof connection === 'string'
          ? parseConnectionString(connection)
          : connection,
      division: config.getOptionalString('pluginDivisionMode') ?? 'database',
      prefix: config.getOptionalString('prefix') ?? PREFIX,
    };
  }
  throw new Problem(
    `backend.database.client is ${client}. Backups are made of better-sqlite3 and pg.`,
  );
}
