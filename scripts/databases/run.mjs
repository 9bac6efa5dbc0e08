// Runs with the Node that the packages were installed for: `npm run backup` and
// `npm run restore` start it, see ../commands.
import fs from 'node:fs/promises';
import path from 'node:path';
import { explain, Problem } from '../problem.mjs';
import { localFolder } from '../settings.mjs';
import { holdState } from '../stateHold.mjs';
import { interruption, hearSignals } from './interruption.mjs';
import { leftoverFolders, pack, unpack } from './archive.mjs';
import { readConfiguration } from './configuration.mjs';
import { readManifest, refuseUnfit, writeManifest } from './manifest.mjs';
import {
  dumpPostgres,
  leftoverPostgres,
  placePostgres,
  refuseOpenPostgres,
} from './postgres.mjs';
import {
  copySqlite,
  leftoverSqlite,
  placeSqlite,
  refuseOpenSqlite,
} from './sqlite.mjs';

const list = names => (names.length > 0 ? names.join(', ') : 'none');

async function backup(file, { database }) {
  const manifest = await pack(file, async folder => {
    const contents =
      database.client === 'pg'
        ? await dumpPostgres(database, folder)
        : await copySqlite(database, folder);
    if (contents.length === 0) {
      throw new Problem(
        'There is no database of a portal where the configuration says. Start the portal once, or name its configuration with --config.',
      );
    }
    return writeManifest(folder, database.client, contents);
  });
  const { size } = await fs.stat(file);
  console.log(
    `Wrote ${file} (${Math.ceil(size / 1024)} KiB): ${list(
      manifest.databases.map(({ name }) => name),
    )}.`,
  );
  console.log(
    manifest.sealingKeyIds.length > 0
      ? `The secrets in it are sealed. Keep the sealing key ${list(
          manifest.sealingKeyIds,
        )} elsewhere: without it they are lost, and with it whoever has the file has them.`
      : 'There are no sealed secrets in it.',
  );
  console.log(
    'The configuration is not in it, nor are the tokens that come from there.',
  );
}

async function restore(file, configuration) {
  const { database } = configuration;
  await unpack(file, async folder => {
    const manifest = await readManifest(folder);
    await refuseUnfit(manifest, configuration);
    const restoredAt = new Date();
    const stamp = restoredAt.toISOString().replace(/\D/g, '').slice(0, 14);
    const times = {
      restoredAt: restoredAt.getTime(),
      madeAt: Date.parse(manifest.madeAt),
    };
    let before;
    if (database.client === 'pg') {
      await refuseOpenPostgres(database);
      before = await placePostgres(
        database,
        folder,
        manifest.databases,
        stamp,
        times,
      );
    } else {
      const isLocal = path.dirname(database.folder) === localFolder;
      const release = isLocal ? await holdState(localFolder) : undefined;
      await refuseOpenSqlite(database);
      before = await placeSqlite(
        database,
        folder,
        manifest.databases,
        stamp,
        times,
      );
      await release?.();
    }
    console.log(
      `Restored ${list(manifest.databases.map(({ name }) => name))} as of ${
        manifest.madeAt
      }.`,
    );
    if (before) {
      console.log(`What was there before is kept: ${before}.`);
    }
    console.log(
      'Start the portal. It applies and removes nothing until you confirm: look at Orphans, where environments that are younger than the backup are shown and can be adopted by name, then send POST /api/hetzner-infra/restoration/confirm. The operations guide says how, under “After an older database was restored”.',
    );
  });
}

/** Names what a run has left that was killed: whole databases. */
async function nameLeftovers(file, { database }) {
  const found = [
    ...(await leftoverFolders(file)),
    ...(database.client === 'pg'
      ? await leftoverPostgres(database)
      : await leftoverSqlite(database)),
  ];
  if (found.length === 0) return;
  console.log(
    `A backup or restore that was killed has left ${found.join(
      ', ',
    )}. Unless another one runs now, delete it: whole databases are in it.`,
  );
}

async function main() {
  hearSignals();
  const [command, file, ...files] = process.argv.slice(2);
  const configuration = await readConfiguration(files);
  const target = path.resolve(file);
  await nameLeftovers(target, configuration);
  await (command === 'backup' ? backup : restore)(target, configuration);
}

main().then(
  () => process.exit(0),
  error => {
    console.error(explain(error));
    process.exit(interruption.aborted ? 130 : 1);
  },
);
