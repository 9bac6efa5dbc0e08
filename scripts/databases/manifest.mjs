import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problem.mjs';
import { root } from '../settings.mjs';

/** Of the files that these commands write and read. */
const FORMAT = 1;

const FILE = 'manifest.json';

/** A file that lies beside the manifest, and nothing else. */
const DATABASE_FILE = /^[a-z0-9-]+\.(sqlite|dump)$/;
const OWN = 'hetzner-infra';

/** The one database that has a schema for each plugin (pluginDivisionMode: schema). */
export const SCHEMAS_FILE = 'portal.dump';

/**
 * @typedef {object} Content
 * @property {string} name of the plugin
 * @property {string} file
 * @property {string[]} migrations that were applied
 * @property {string[]} sealed values in it; only the ids of their keys are kept
 *
 * @typedef {object} Manifest
 * @property {number} format
 * @property {'better-sqlite3' | 'pg'} client
 * @property {string} madeAt
 * @property {string} backstage version
 * @property {string[]} sealingKeyIds that are needed to open the secrets in it
 * @property {{ name: string, file: string, sha256: string, migrations: string[] }[]} databases
 */

function requireFileName(file) {
  if (!DATABASE_FILE.test(file)) {
    throw new Problem(
      `${JSON.stringify(
        file,
      )} is no name of a database in a backup: small letters, digits and dashes, then .sqlite or .dump.`,
    );
  }
}

async function sha256(file) {
  // A link would be another file when it is used.
  if (!(await fs.lstat(file)).isFile()) {
    throw new Problem(
      `${path.basename(
        file,
      )} in the file is no plain file. Use another backup.`,
    );
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const backstageVersion = async () =>
  JSON.parse(await fs.readFile(path.join(root, 'backstage.json'), 'utf8'))
    .version;

/** Writes what is in a folder of databases beside them. @returns {Promise<Manifest>} */
export async function writeManifest(folder, client, contents) {
  for (const { file } of contents) requireFileName(file);
  const manifest = {
    format: FORMAT,
    client,
    madeAt: new Date().toISOString(),
    backstage: await backstageVersion(),
    sealingKeyIds: [
      ...new Set(
        contents.flatMap(({ sealed }) =>
          sealed.map(value => value.split('.')[1]),
        ),
      ),
    ].sort(),
    databases: await Promise.all(
      contents.map(async ({ name, file, migrations }) => ({
        name,
        file,
        sha256: await sha256(path.join(folder, file)),
        migrations,
      })),
    ),
  };
  await fs.writeFile(
    path.join(folder, FILE),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
  return manifest;
}

/**
 * @param {string} folder what was in the file
 * @returns {Promise<Manifest>}
 * @throws {Problem} when it is none of ours, or not as it was written
 */
export async function readManifest(folder) {
  let manifest;
  try {
    const file = path.join(folder, FILE);
    const isFile = (await fs.lstat(file)).isFile();
    manifest = JSON.parse(isFile ? await fs.readFile(file, 'utf8') : '');
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) {
      throw error;
    }
    throw new Problem(
      'The file is no backup of this portal: it has no readable manifest.json.',
    );
  }
  if (manifest.format !== FORMAT) {
    throw new Problem(
      `The file has the format ${manifest.format}; this version reads ${FORMAT}. Use the version of the portal that made it.`,
    );
  }
  for (const { file, sha256: expected } of manifest.databases) {
    requireFileName(file);
    const found = await sha256(path.join(folder, file)).catch(error => {
      if (error instanceof Problem) throw error;
      return 'missing';
    });
    if (found !== expected) {
      throw new Problem(
        `${file} in the file is not as it was written. Use another backup.`,
      );
    }
  }
  return manifest;
}

const numbers = version => version.split('.').map(Number);

function isNewer(one, other) {
  const [a, b] = [numbers(one), numbers(other)];
  const index = a.findIndex((part, position) => part !== b[position]);
  return index >= 0 && a[index] > (b[index] ?? 0);
}

/**
 * Whether this checkout, with this configuration, can run on what is in a file.
 * An older one is fine: the portal brings its tables up to date when it starts.
 *
 * @param {Manifest} manifest
 * @param {import('./configuration.mjs').Configuration} configuration
 * @throws {Problem}
 */
export async function refuseUnfit(manifest, { database, sealingKeyIds }) {
  if (manifest.client !== database.client) {
    throw new Problem(
      `The file was made of ${manifest.client}, and the configuration names ${database.client}. A backup goes back into the same kind of database.`,
    );
  }
  const isDivided = manifest.databases.some(
    ({ file }) => file === SCHEMAS_FILE,
  );
  if (
    database.client === 'pg' &&
    isDivided !== (database.division === 'schema')
  ) {
    throw new Problem(
      isDivided
        ? 'The file has one database with a schema for each plugin, and the configuration wants a database for each. Set backend.database.pluginDivisionMode to schema to restore it.'
        : 'The file has a database for each plugin, and the configuration wants one with a schema for each. Set backend.database.pluginDivisionMode to database to restore it.',
    );
  }
  const version = await backstageVersion();
  if (isNewer(manifest.backstage, version)) {
    throw new Problem(
      `The file was made by a portal with Backstage ${manifest.backstage}; this one has ${version}. Restore it with a version of the portal that is as new.`,
    );
  }
  const known = new Set(
    await fs.readdir(
      path.join(root, 'plugins', 'hetzner-infra-backend', 'migrations'),
    ),
  );
  const unknown = manifest.databases
    .filter(({ name, file }) => name === OWN || file === SCHEMAS_FILE)
    .flatMap(({ migrations }) => migrations.filter(each => !known.has(each)));
  if (unknown.length > 0) {
    throw new Problem(
      `The file was made by a newer version of the portal: its database has the changes ${unknown.join(
        ', ',
      )}, which this version does not know. Restore it with the newer version.`,
    );
  }
  const missing = manifest.sealingKeyIds.filter(
    id => !sealingKeyIds.includes(id),
  );
  if (missing.length > 0) {
    throw new Problem(
      `The secrets in the file are sealed with the key ${missing.join(
        ', ',
      )}, which hetznerInfra.sealing.keys does not have. Add it, behind the first key, and start again.`,
    );
  }
}
