import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  openEngineDatabase,
  postgresDatabaseOf,
  type EngineDatabase,
} from '../__testUtils__/engineDatabase';
import { testDatabases } from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { ConnectionStore } from '../connections/ConnectionStore';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { SealedEnvironmentSecrets } from '../environments/SealedEnvironmentSecrets';
import { keyIdIn, Sealer, type SealingKey } from './Sealer';
import { SealingRotation } from './SealingRotation';

jest.setTimeout(120_000);

const databases = testDatabases();
const key = (id: string) => ({ id, secret: randomBytes(32) });
const older = key('older');
const newer = key('newer');
const SECRETS = 250;

describe.each(databases.eachSupportedId())('the sealing key on %p', id => {
  let knex: Knex;
  let database: EngineDatabase;
  let folder: string;
  let environmentId: string;
  let now: Date;
  const logger = mockServices.logger.mock();
  const logged = () => logger.info.mock.calls.map(([text]) => text);

  const backend = (
    replica: string,
    keys: [SealingKey, ...SealingKey[]],
  ): SealingRotation & { sealer: Sealer } => {
    const sealer = new Sealer(keys);
    return Object.assign(
      new SealingRotation({ knex, sealer, replica, now: () => now, logger }),
      { sealer },
    );
  };
  const secretsWith = (sealer: Sealer) =>
    new SealedEnvironmentSecrets(knex, sealer);
  const connection = {
    name: 'prod',
    kind: 'hetzner' as const,
    owner: 'group:default/platform',
    usableBy: [],
    origin: 'api' as const,
  };

  /** How many stored values each key sealed. */
  const counts = async () => {
    const values: string[] = [
      ...(await knex('connections').pluck('secrets')),
      ...(await knex('environment_secrets').pluck('value')),
    ];
    const found: Record<string, number> = {};
    for (const value of values) {
      found[keyIdIn(value)] = (found[keyIdIn(value)] ?? 0) + 1;
    }
    return found;
  };

  beforeEach(async () => {
    jest.clearAllMocks();
    now = new Date('2026-11-23T08:00:00.000Z');
    folder = mkdtempSync(join(tmpdir(), 'sealing-'));
    database =
      id === 'SQLITE_3'
        ? { filename: join(folder, 'portal.sqlite') }
        : postgresDatabaseOf(await databases.init(id));
    knex = await openEngineDatabase(database);
    const store = new DatabaseEnvironmentStore(knex);
    environmentId = (await storedEnvironment(knex, store, 'one', now)).id;
    const sealer = new Sealer([older]);
    for (let number = 0; number < SECRETS; number++) {
      await secretsWith(sealer).putOnce(environmentId, `s${number}`, 'private');
    }
    await new ConnectionStore(knex, sealer).put(
      connection,
      { token: 'first' },
      now,
    );
  });
  afterEach(async () => {
    await knex.destroy();
    rmSync(folder, { recursive: true });
  });

  it('keeps secrets as they were made, the first of two of a name', async () => {
    const secrets = secretsWith(new Sealer([older]));
    expect(await secrets.get(environmentId, 's1')).toBe('private');
    expect(await secrets.get(environmentId, 'none')).toBeUndefined();
    expect(await secrets.putOnce(environmentId, 's1', 'another')).toBe(
      'private',
    );
    const made = await Promise.all(
      ['x', 'y', 'z'].map(v => secrets.putOnce(environmentId, 'ssh', v)),
    );
    expect(new Set(made).size).toBe(1);
    expect(JSON.stringify(await knex('environment_secrets'))).not.toMatch(
      /private/,
    );
  });

  it('is changed, after which the older one can go', async () => {
    const rotating = backend('a', [newer, older]);
    await rotating.start();
    await rotating.look();
    await rotating.look();
    expect(await counts()).toEqual({ newer: SECRETS + 1 });
    expect(logged()).toEqual([
      `Sealed ${SECRETS + 1} stored secrets again with the key newer`,
      'Nothing is sealed with older any more; all stored secrets are sealed with newer. They can be taken out of hetznerInfra.sealing.keys, and are needed for older backups only',
    ]);
    const after = backend('a', [newer]);
    await after.start();
    expect(await secretsWith(after.sealer).get(environmentId, 's1')).toBe(
      'private',
    );
  });

  it('that goes too early stops the start, and says what is still under it', async () => {
    await expect(backend('a', [newer]).start()).rejects.toThrow(
      `The key older is missing in hetznerInfra.sealing.keys, and ${
        SECRETS + 1
      } stored secrets are sealed with it: of the connections prod and of the environments one. Add it again, behind the first key. The log says when nothing is sealed with it any more.`,
    );
    const wrong = { id: older.id, secret: newer.secret };
    await expect(backend('a', [wrong]).start()).rejects.toThrow(
      /secrets of prod in the table connections does not open with the key older.*And 246 more\.$/,
    );
  });

  it('is not changed while a backend knows the old one only, and nothing becomes unreadable for it', async () => {
    const still = backend('still', [older]);
    const rotating = backend('rotating', [newer, older]);
    await still.start();
    await rotating.start();
    await rotating.look();
    await still.look();
    expect(await counts()).toEqual({ older: SECRETS + 1 });
    expect(logged()[0]).toBe(
      `Stored secrets are sealed with older keys: ${
        SECRETS + 1
      } with older. They are sealed again with newer when all backends have it as their first key; another one is the first of still (older)`,
    );
    await secretsWith(rotating.sealer).putOnce(environmentId, 'fresh', 'new');
    expect(await secretsWith(still.sealer).get(environmentId, 'fresh')).toBe(
      'new',
    );

    await still.stop();
    await rotating.look();
    expect(await counts()).toEqual({ newer: SECRETS + 2 });
  });

  it('is changed when a backend with the old one has not been seen for long', async () => {
    await backend('dead', [older]).start();
    now = new Date(now.getTime() + 91_000);
    const rotating = backend('rotating', [newer, older]);
    await rotating.start();
    await rotating.look();
    expect(await counts()).toEqual({ newer: SECRETS + 1 });
  });

  it('does not go to and fro between backends of which each has another first', async () => {
    const one = backend('one', [older, newer]);
    const two = backend('two', [newer, older]);
    await one.start();
    await two.start();
    for (const each of [two, one, two]) await each.look();
    expect(await counts()).toEqual({ older: SECRETS + 1 });
  });

  it('changes under reads and writes, by two backends at once', async () => {
    const backends = [
      backend('one', [newer, older]),
      backend('two', [newer, older]),
    ];
    for (const each of backends) await each.start();
    const store = new ConnectionStore(knex, backends[0].sealer);
    const work = async () => {
      for (let number = 0; number < 30; number++) {
        await store.put(connection, { token: `token-${number}` }, now);
        expect(store.open((await store.find('prod'))!)).toMatchObject({
          token: `token-${number}`,
        });
        expect(
          await secretsWith(backends[1].sealer).get(
            environmentId,
            `s${number * 8}`,
          ),
        ).toBe('private');
      }
    };
    await Promise.all([work(), ...backends.map(each => each.look())]);
    const sealed = logged().map(text =>
      Number(/^Sealed (\d+) stored/.exec(text)?.[1] ?? 0),
    );
    const sum = sealed.reduce((total, count) => total + count, 0);
    // The connection was perhaps sealed anew by its change.
    expect([SECRETS, SECRETS + 1]).toContain(sum);
    await backends[0].look();
    expect(await counts()).toEqual({ newer: SECRETS + 1 });
    expect(store.open((await store.find('prod'))!).token).toBe('token-29');
  });

  it('is changed to the end by the next backend when one is killed in the middle', async () => {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolvePackagePath(
          '@xpeditis/backstage-plugin-hetzner-infra-backend',
          'src/__testUtils__/resealProcess.ts',
        ),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          ENGINE_DATABASE: JSON.stringify(database),
          SEALING_KEYS: JSON.stringify(
            [newer, older].map(each => [
              each.id,
              each.secret.toString('base64'),
            ]),
          ),
          DIE_AT: '180',
        },
      },
    );
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    // One connection and the first batch of the environments' secrets are whole.
    expect(await counts()).toEqual({ newer: 101, older: 150 });

    now = new Date();
    const rotating = backend('next', [newer, older]);
    await rotating.start();
    await rotating.look();
    expect(await counts()).toEqual({ newer: SECRETS + 1 });
    const secrets = secretsWith(new Sealer([newer]));
    for (let number = 0; number < SECRETS; number++) {
      expect(await secrets.get(environmentId, `s${number}`)).toBe('private');
    }
  });

  it('does not open a value in another row', async () => {
    await knex('environment_secrets').insert({
      environment_id: environmentId,
      name: 'swapped',
      value: (await knex('environment_secrets').first()).value,
    });
    await expect(
      secretsWith(new Sealer([older])).get(environmentId, 'swapped'),
    ).rejects.toThrow('does not open');
  });
});
