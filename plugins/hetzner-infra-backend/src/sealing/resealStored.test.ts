import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { SealedEnvironmentSecrets } from '../environments/SealedEnvironmentSecrets';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { connectionPlace } from './places';
import { resealStored } from './resealStored';
import { Sealer } from './Sealer';

jest.setTimeout(60_000);

const databases = testDatabases();
const key = (id: string) => ({ id, secret: randomBytes(32) });
const older = key('older');
const newer = key('newer');
const now = new Date('2026-11-23T08:00:00.000Z');

describe.each(databases.eachSupportedId())('stored secrets on %p', id => {
  let knex: Knex;
  let environmentId: string;
  const logger = mockServices.logger.mock();

  const secretsWith = (sealer: Sealer) =>
    new SealedEnvironmentSecrets(knex, sealer);

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    const store = new DatabaseEnvironmentStore(knex);
    environmentId = (await storedEnvironment(knex, store, 'one', now)).id;
    const sealer = new Sealer([older]);
    await secretsWith(sealer).putOnce(environmentId, 'ca', 'a private key');
    await knex('connections').insert({
      name: 'prod',
      kind: 'hetzner',
      owner: 'group:default/platform',
      usable_by: '[]',
      secrets: sealer.seal('{"token":"t"}', connectionPlace('prod')),
      created_at: 1,
      updated_at: 1,
    });
  });

  it('come back as they were, and the first of two stays', async () => {
    const secrets = secretsWith(new Sealer([older]));
    expect(await secrets.get(environmentId, 'ca')).toBe('a private key');
    expect(await secrets.get(environmentId, 'none')).toBeUndefined();
    expect(await secrets.putOnce(environmentId, 'ca', 'another')).toBe(
      'a private key',
    );
    const made = await Promise.all(
      ['x', 'y', 'z'].map(v => secrets.putOnce(environmentId, 'ssh', v)),
    );
    expect(new Set(made).size).toBe(1);
    expect(JSON.stringify(await knex('environment_secrets'))).not.toMatch(
      /private key/,
    );
  });

  it('are sealed again with the first key, after which the older one can go', async () => {
    await resealStored({ knex, sealer: new Sealer([newer, older]), logger });
    expect(logger.info).toHaveBeenCalledWith(
      'Sealed 2 stored secrets again with the first key',
    );
    const sealer = new Sealer([newer]);
    await resealStored({ knex, sealer, logger });
    expect(await secretsWith(sealer).get(environmentId, 'ca')).toBe(
      'a private key',
    );
  });

  it('stop the start when the key is missing or wrong, and name the rows', async () => {
    const missing = resealStored({ knex, sealer: new Sealer([newer]), logger });
    await expect(missing).rejects.toThrow(
      /prod in the table connections is sealed with the key older, which is missing.*The secret ca of/,
    );
    const wrong = { id: older.id, secret: newer.secret };
    await expect(
      resealStored({ knex, sealer: new Sealer([wrong]), logger }),
    ).rejects.toThrow('does not open with the key older');
  });

  it('do not open in another row', async () => {
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
