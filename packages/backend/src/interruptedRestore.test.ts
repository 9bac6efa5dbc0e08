import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { interruptedRestore } from './interruptedRestore';

describe('a backend that is started on half a restore', () => {
  let parent: string;
  let folder: string;
  let opened: boolean;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'restore-'));
    folder = join(parent, 'database');
    await mkdir(folder);
    await writeFile(join(folder, 'catalog.sqlite'), '');
    opened = false;
  });
  afterEach(() => rm(parent, { recursive: true }));

  /** A backend with one plugin that has a database. */
  async function start(connection: string | { directory: string }) {
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            backend: { database: { client: 'better-sqlite3', connection } },
          },
        }),
        interruptedRestore,
        createBackendPlugin({
          pluginId: 'catalog',
          register(env) {
            env.registerInit({
              deps: { config: coreServices.rootConfig },
              init: async () => {
                opened = true;
              },
            });
          },
        }),
      ],
    });
    await backend.stop();
  }

  it('starts when there is none, and on databases in memory', async () => {
    await start({ directory: folder });
    await start({ directory: join(parent, 'none', 'database') });
    await start(':memory:');
    expect(opened).toBe(true);
  });

  it('does not open anything while the databases are away', async () => {
    await rename(folder, `${folder}.before-20261123`);
    await mkdir(`${folder}.restoring-20261123`);
    await expect(start({ directory: folder })).rejects.toThrow(
      `Rename ${folder}.restoring-20261123 to it to complete the restore, or rename ${folder}.before-20261123 to it`,
    );
    expect(opened).toBe(false);
  });

  it('does not open anything before the copy is deleted that was not used', async () => {
    await mkdir(`${folder}.restoring-20261123`);
    await expect(start({ directory: folder })).rejects.toThrow(
      `Delete ${folder}.restoring-20261123, and start again.`,
    );
    expect(opened).toBe(false);
  });
});
