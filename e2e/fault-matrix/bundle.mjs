import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const sources = path.join(
  root,
  'plugins/hetzner-infra-backend/src/__testUtils__',
);

/** Native, or databases that nobody uses here: loaded from node_modules or never. */
const external = [
  '@backstage/backend-plugin-api',
  'better-sqlite3',
  'mariadb',
  'mariadb/callback',
  'mssql',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];

/**
 * Makes one file of the engine, which a process loads in a fraction of a
 * second: with the sources it takes several.
 *
 * @param {string} folder inside the repository, so that what stays outside of
 *   the bundle is found
 * @returns {Promise<{ enginePath: string, TestEngine: Function,
 *   openEngineDatabase: Function, environmentSchema: object }>}
 *   the engine as a process, and what drives its database
 */
export async function bundleEngine(folder) {
  await build({
    entryPoints: ['engineProcess', 'engineUnderTest'].map(name =>
      path.join(sources, `${name}.ts`),
    ),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external,
    logLevel: 'error',
  });
  const load = createRequire(import.meta.url);
  return {
    enginePath: path.join(folder, 'engineProcess.cjs'),
    ...load(path.join(folder, 'engineUnderTest.cjs')),
  };
}
