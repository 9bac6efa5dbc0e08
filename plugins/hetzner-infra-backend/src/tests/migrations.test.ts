import { TestDatabases } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { readRestoration } from '../restoration/readRestoration';

const directory = resolvePackagePath(
  '@xpeditis/backstage-plugin-hetzner-infra-backend',
  'migrations',
);
const files = fs.readdirSync(directory).sort();

jest.setTimeout(60_000);

/** Goes up to where a migration is the next one. */
async function migrateBefore(knex: Knex, name: string): Promise<void> {
  for (const file of files.slice(0, files.indexOf(name))) {
    await knex.migrate.up({ directory, name: file });
  }
}

async function tableNames(knex: Knex): Promise<string[]> {
  const found: string[] = [];
  for (const table of [
    'installation',
    'connections',
    'environments',
    'environment_revisions',
    'environment_secrets',
    'operations',
    'operation_steps',
    'operation_events',
  ]) {
    if (await knex.schema.hasTable(table)) {
      found.push(table);
    }
  }
  return found;
}

async function indexesOf(knex: Knex, table: string): Promise<string[]> {
  return knex.client.config.client === 'pg'
    ? knex('pg_indexes').where('tablename', table).pluck('indexname')
    : knex('sqlite_master')
        .where({ type: 'index', tbl_name: table })
        .pluck('name');
}

const environment = {
  id: 'a1b2c3d4e5f6',
  name: 'xpeditis-prod',
  owner: 'group:default/platform',
  connection: 'sandbox',
  location: 'fsn1',
  document: '{}',
  choices: '{}',
  revision: 1,
  state: 'creating',
  monthly: '[]',
  created_at: 1_795_000_000_123,
  created_by: 'user:default/jo',
};

const operation = {
  id: 'f0000000-0000-4000-8000-000000000001',
  environment_id: environment.id,
  goal: 'apply',
  revision: 1,
  aim: 'apply',
  aim_revision: 1,
  state: 'queued',
  initiator: 'user:default/jo',
  options: '{}',
  next_attempt_at: 1_795_000_000_123,
  created_at: 1_795_000_000_123,
};

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_15', 'SQLITE_3'] });

  it.each(databases.eachSupportedId())(
    '20261123_init.js goes up, keeps its rules, and down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      expect(files[0]).toBe('20261123_init.js');
      await knex.migrate.up({ directory });

      await knex('installation').insert({
        singleton: 1,
        installation_id: 'abcdefghij12',
        created_at: 1,
      });
      await expect(
        knex('installation').insert({
          singleton: 1,
          installation_id: 'another',
          created_at: 2,
        }),
      ).rejects.toThrow();

      await knex('environments').insert(environment);
      await expect(
        knex('environments').insert({ ...environment, id: 'another00000' }),
      ).rejects.toThrow();
      await knex('environments').insert({
        ...environment,
        id: 'removed00000',
        removed_at: 2,
      });

      await knex('environment_revisions').insert({
        environment_id: environment.id,
        revision: 1,
        owner: environment.owner,
        document: '{}',
        choices: '{}',
        monthly: '[]',
        created_at: 1,
        created_by: 'user:default/jo',
      });
      await knex('environment_secrets').insert({
        environment_id: environment.id,
        name: 'ca',
        value: 'sealed',
      });
      await knex('connections').insert({
        name: 'hetzner-prod',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usable_by: '[]',
        secrets: 'sealed',
        created_at: 1,
        updated_at: 1,
      });

      await knex('operations').insert(operation);
      const second = {
        ...operation,
        id: 'f0000000-0000-4000-8000-000000000002',
      };
      await expect(knex('operations').insert(second)).rejects.toThrow();
      await knex('operations').insert({
        ...second,
        goal: 'remove',
        aim: 'remove',
        aim_revision: null,
        request_id: 'task-1',
      });
      await expect(
        knex('operations').insert({
          ...second,
          id: 'f0000000-0000-4000-8000-000000000003',
          finished_at: 1,
          request_id: 'task-1',
        }),
      ).rejects.toThrow();

      await knex('operation_steps').insert({
        id: 'step',
        operation_id: operation.id,
        key: 'web-2',
        kind: 'server',
        change: 'create',
        title: 'Create server web-2',
        state: 'waiting',
        position: 0,
      });
      await knex('operation_events').insert([
        { operation_id: operation.id, type: 'log', at: 1, payload: '{}' },
        { operation_id: operation.id, type: 'log', at: 1, payload: '{}' },
      ]);
      const seqs = await knex('operation_events').orderBy('seq').pluck('seq');
      expect(Number(seqs[1])).toBeGreaterThan(Number(seqs[0]));

      const row = await knex('environments')
        .where('id', environment.id)
        .first();
      expect(Number(row.created_at)).toBe(1_795_000_000_123);

      expect(await indexesOf(knex, 'operations')).toEqual(
        expect.arrayContaining([
          'operations_created_at_index',
          'operations_request_id_index',
        ]),
      );

      expect(await tableNames(knex)).toHaveLength(8);
      await knex.migrate.down({ directory, name: '20261123_init.js' });
      expect(await tableNames(knex)).toEqual([]);
      await knex.migrate.latest({ directory });
      expect(await tableNames(knex)).toHaveLength(8);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261124_step_details.js keeps the steps that there are, up and down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261124_step_details.js');
      await knex('environments').insert(environment);
      await knex('operations').insert(operation);
      await knex('operation_steps').insert({
        id: 'step',
        operation_id: operation.id,
        key: 'web-2',
        kind: 'server',
        change: 'create',
        title: 'Create server web-2',
        state: 'waiting',
        position: 0,
      });
      await knex.migrate.up({ directory, name: '20261124_step_details.js' });
      expect(await knex('operation_steps').first()).toMatchObject({
        id: 'step',
        needs: null,
        expected_seconds: null,
        provider_id: null,
        provider_actions: null,
        calls: null,
      });
      expect(await indexesOf(knex, 'operation_steps')).toContain(
        'operation_steps_finished_at_index',
      );
      await knex.migrate.down({ directory, name: '20261124_step_details.js' });
      const step = await knex('operation_steps').first();
      expect(step).toMatchObject({ id: 'step', title: 'Create server web-2' });
      expect(step).not.toHaveProperty('needs');
    },
  );

  it.each(databases.eachSupportedId())(
    '20261124_priced_lifetimes.js records each open lifetime once, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await knex.migrate.up({ directory });
      await knex('environments').insert(environment);
      await knex.migrate.up({
        directory,
        name: '20261124_priced_lifetimes.js',
      });

      const lifetime = {
        environment_id: environment.id,
        kind: 'server',
        key: 'web-1',
        provider_id: '4711',
        line: 'pool-web',
        description: 'Workers of the pool web, cx43',
        hourly: '0.0248000000',
        monthly_cap: '15.4900000000',
        currency: 'EUR',
        source: 'price list',
        started_at: 1_795_000_000_123,
        recorded_at: 1_795_000_000_456,
      };
      await knex('priced_lifetimes').insert(lifetime);
      await expect(knex('priced_lifetimes').insert(lifetime)).rejects.toThrow();
      await knex('priced_lifetimes').insert([
        { ...lifetime, ended_at: 1_795_000_000_789 },
        { ...lifetime, line: 'public-ipv4' },
      ]);
      await knex('environments').update({
        observed_at: 1_795_000_000_456,
        servers_on: 3,
      });

      await knex.migrate.down({
        directory,
        name: '20261124_priced_lifetimes.js',
      });
      expect(await knex.schema.hasTable('priced_lifetimes')).toBe(false);
      const [row] = await knex('environments');
      expect(row.name).toBe(environment.name);
      expect(Object.keys(row)).not.toContain('servers_on');
      // The rule of the first migration is still there.
      await expect(
        knex('environments').insert({ ...environment, id: 'another00000' }),
      ).rejects.toThrow();
      await knex.migrate.latest({ directory });
      expect(await knex.schema.hasTable('priced_lifetimes')).toBe(true);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261125_sweeps.js keeps one open finding per resource, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261125_sweeps.js');
      await knex('environments').insert(environment);
      await knex.migrate.up({ directory, name: '20261125_sweeps.js' });

      const finding = {
        environment_id: environment.id,
        kind: 'server',
        key: 'web-1',
        provider_id: '',
        name: 'xpeditis-prod-web-1-g1',
        differences: '["It does not exist."]',
        found_at: 1_795_000_000_123,
        last_seen_at: 1_795_000_000_456,
      };
      await knex('drift_findings').insert(finding);
      await expect(knex('drift_findings').insert(finding)).rejects.toThrow();
      await knex('drift_findings').insert([
        { ...finding, gone_at: 1_795_000_000_789 },
        { ...finding, provider_id: '4711' },
      ]);
      const look = { environment_id: environment.id, looked_at: 1 };
      await knex('drift_looks').insert(look);
      await expect(knex('drift_looks').insert(look)).rejects.toThrow();
      await knex('cluster_resources').insert({
        kind: 'volume',
        provider_id: '12',
        environment_id: environment.id,
        seen_at: 1,
      });
      const notice = {
        environment_id: environment.id,
        expires_at: 2,
        notice: '1 h before',
        sent_at: 1,
      };
      await knex('expiry_notices').insert([
        notice,
        { ...notice, expires_at: 3 },
      ]);
      await expect(knex('expiry_notices').insert(notice)).rejects.toThrow();

      await knex.migrate.down({ directory, name: '20261125_sweeps.js' });
      for (const table of [
        'drift_findings',
        'drift_looks',
        'cluster_resources',
        'expiry_notices',
      ]) {
        expect(await knex.schema.hasTable(table)).toBe(false);
      }
      // PostgreSQL tells big integers as text.
      const { created_at: createdAt, ...row } = environment;
      const stored = await knex('environments').first();
      expect(stored).toMatchObject(row);
      expect(Number(stored.created_at)).toBe(createdAt);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261126_revision_predecessors.js finds what each revision was made from, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261126_revision_predecessors.js');
      await knex('environments').insert({ ...environment, revision: 4 });
      const revision = (number: number) => ({
        environment_id: environment.id,
        revision: number,
        owner: environment.owner,
        document: '{}',
        choices: '{}',
        monthly: '[]',
        created_at: number,
        created_by: 'user:default/jo',
      });
      await knex('environment_revisions').insert([1, 2, 3, 4].map(revision));
      const ended = (id: number, of: number, previous?: number) => ({
        ...operation,
        id: `f0000000-0000-4000-8000-00000000000${id}`,
        revision: of,
        previous_revision: previous ?? null,
        state: 'succeeded',
        finished_at: 2,
      });
      // The third was cancelled; the fourth was applied twice.
      await knex('operations').insert([
        ended(1, 1),
        ended(3, 3, 2),
        ended(4, 4, 2),
        ended(5, 4, 4),
      ]);
      await knex.migrate.up({
        directory,
        name: '20261126_revision_predecessors.js',
      });

      expect(
        await knex('environment_revisions')
          .orderBy('revision')
          .pluck('previous_revision'),
      ).toEqual([null, 1, 2, 2]);

      await knex.migrate.down({
        directory,
        name: '20261126_revision_predecessors.js',
      });
      expect(
        await knex.schema.hasColumn(
          'environment_revisions',
          'previous_revision',
        ),
      ).toBe(false);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261128_sealing_keyrings.js keeps one keyring per backend, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261128_sealing_keyrings.js');
      await knex.migrate.up({
        directory,
        name: '20261128_sealing_keyrings.js',
      });
      const keyring = { replica: 'a', key_ids: '["k1"]', seen_at: 1 };
      await knex('sealing_keyrings').insert(keyring);
      await expect(knex('sealing_keyrings').insert(keyring)).rejects.toThrow();
      await knex.migrate.down({
        directory,
        name: '20261128_sealing_keyrings.js',
      });
      expect(await knex.schema.hasTable('sealing_keyrings')).toBe(false);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261129_operation_retention.js keeps operations and their indexes, up and down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const name = '20261129_operation_retention.js';
      await migrateBefore(knex, name);
      await knex('environments').insert(environment);
      await knex('operations').insert(operation);
      const before = await indexesOf(knex, 'operations');

      await knex.migrate.up({ directory, name });
      expect(await knex('operations').first()).toMatchObject({
        id: operation.id,
        details_removed_at: null,
      });
      expect(await indexesOf(knex, 'operations')).toContain(
        'operations_with_details_index',
      );

      await knex.migrate.down({ directory, name });
      expect((await indexesOf(knex, 'operations')).sort()).toEqual(
        before.sort(),
      );
      const [row] = await knex('operations');
      expect(row.id).toBe(operation.id);
      expect(Object.keys(row)).not.toContain('details_removed_at');
    },
  );

  it.each(databases.eachSupportedId())(
    '20261203_awaited_tokens.js keeps operations and their indexes, up and down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const name = '20261203_awaited_tokens.js';
      await migrateBefore(knex, name);
      await knex('environments').insert(environment);
      await knex('operations').insert(operation);
      const before = (await indexesOf(knex, 'operations')).sort();
      await knex.migrate.up({ directory, name });
      expect(await knex('operations').first()).toMatchObject({
        id: operation.id,
        token_awaited_since: null,
      });
      await knex.migrate.down({ directory, name });
      expect((await indexesOf(knex, 'operations')).sort()).toEqual(before);
      expect(await knex('operations').pluck('id')).toEqual([operation.id]);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261130_connection_tokens.js keeps each fingerprint once, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261130_connection_tokens.js');
      await knex.migrate.up({
        directory,
        name: '20261130_connection_tokens.js',
      });
      const token = { fingerprint: 'a', connection: 'prod', seen_at: 1 };
      await knex('connection_tokens').insert(token);
      await expect(knex('connection_tokens').insert(token)).rejects.toThrow();
      await knex.migrate.down({
        directory,
        name: '20261130_connection_tokens.js',
      });
      expect(await knex.schema.hasTable('connection_tokens')).toBe(false);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261130_connection_settings.js keeps connections, and only those that the version before knows on the way down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const name = '20261130_connection_settings.js';
      await migrateBefore(knex, name);
      const connection = {
        name: 'project',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usable_by: '[]',
        secrets: 'sealed',
        created_at: 1,
        updated_at: 1,
      };
      await knex('connections').insert(connection);
      await knex.migrate.up({ directory, name });
      expect(await knex('connections').first()).toMatchObject({
        name: 'project',
        settings: null,
      });
      await knex('connections').insert({
        ...connection,
        name: 'files',
        kind: 'object-storage',
        settings: '{"region":"fsn1"}',
      });

      await knex.migrate.down({ directory, name });
      expect(await knex('connections').pluck('name')).toEqual(['project']);
      expect(await knex.schema.hasColumn('connections', 'settings')).toBe(
        false,
      );
    },
  );

  it.each(databases.eachSupportedId())(
    '20261130_structured_words.js leaves what there is, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261130_structured_words.js');
      await knex('environments').insert(environment);
      await knex('operations').insert(operation);
      const step = {
        id: 'f0000000-0000-4000-8000-000000000002',
        operation_id: operation.id,
        key: 'web-1',
        kind: 'server',
        change: 'create',
        title: 'Create server web-1',
        state: 'succeeded',
        attempts: 1,
        position: 0,
      };
      await knex('operation_steps').insert(step);
      const indexes = async () => [
        (await indexesOf(knex, 'operation_steps')).sort(),
        (await indexesOf(knex, 'drift_findings')).sort(),
      ];
      const before = await indexes();
      const up = { directory, name: '20261130_structured_words.js' };
      await knex.migrate.up(up);

      expect(await knex('operation_steps').first()).toMatchObject({
        ...step,
        subject: null,
      });
      expect(await knex.schema.hasColumn('drift_findings', 'deviations')).toBe(
        true,
      );

      await knex.migrate.down(up);
      expect(await indexes()).toEqual(before);
      expect(await knex('operation_steps').first()).toMatchObject(step);
      expect(await knex.schema.hasColumn('operation_steps', 'subject')).toBe(
        false,
      );
      expect(await knex.schema.hasColumn('drift_findings', 'deviations')).toBe(
        false,
      );
    },
  );

  it.each(databases.eachSupportedId())(
    '20261130_connection_versions.js begins at 1 for those there are, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261130_connection_versions.js');
      const connection = {
        name: 'shop',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usable_by: '[]',
        secrets: 'sealed',
        created_at: 1,
        updated_at: 1,
      };
      await knex('connections').insert(connection);
      const up = { directory, name: '20261130_connection_versions.js' };
      await knex.migrate.up(up);

      expect(await knex('connections').pluck('version')).toEqual([1]);

      await knex.migrate.down(up);
      expect(await knex.schema.hasColumn('connections', 'version')).toBe(false);
      expect(await knex('connections').pluck('name')).toEqual(['shop']);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261203_restorations.js keeps the mark of a restore, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261203_restorations.js');
      const up = { directory, name: '20261203_restorations.js' };
      await knex.migrate.up(up);
      const made = await knex('restorations').columnInfo();
      await knex.migrate.down(up);
      expect(await knex.schema.hasTable('restorations')).toBe(false);

      // What `npm run restore` makes in a backup of a version without the table.
      const mark = execFileSync(process.execPath, [
        '--input-type=module',
        '--eval',
        `import { restorationMark } from ${JSON.stringify(
          pathToFileURL(
            resolve(
              directory,
              '../../../scripts/databases/restorationMark.mjs',
            ),
          ).href,
        )};
        console.log(JSON.stringify(restorationMark({ restoredAt: 2, madeAt: 1 })));`,
      ]);
      for (const statement of JSON.parse(String(mark))) {
        await knex.raw(statement);
      }
      await knex.migrate.up(up);
      expect(await readRestoration(knex)).toEqual({
        restoredAt: new Date(2),
        madeAt: new Date(1),
      });
      expect(
        Object.keys(await knex('restorations').columnInfo()).sort(),
      ).toEqual(Object.keys(made).sort());
    },
  );

  it.each(databases.eachSupportedId())(
    '20261202_line_types.js takes the types from what is recorded, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261202_line_types.js');
      await knex('environments').insert(environment);
      const lines: [string, string][] = [
        ['control-plane', 'Control plane, cx23'],
        ['pool-web', 'Workers of the pool web, cx43'],
        ['load-balancer', 'Load balancer, lb11'],
        ['public-ipv4', 'Public IPv4 addresses of the servers'],
      ];
      await knex('priced_lifetimes').insert(
        lines.map(([line, description], index) => ({
          environment_id: environment.id,
          kind: 'server',
          key: 'web-1',
          provider_id: String(index),
          line,
          description,
          hourly: '0.01',
          monthly_cap: '5',
          currency: 'EUR',
          source: 'price list',
          started_at: 1,
          recorded_at: 1,
        })),
      );
      const up = { directory, name: '20261202_line_types.js' };
      await knex.migrate.up(up);

      expect(
        await knex('priced_lifetimes').orderBy('provider_id').pluck('type'),
      ).toEqual(['cx23', 'cx43', 'lb11', null]);

      await knex.migrate.down(up);
      expect(await knex.schema.hasColumn('priced_lifetimes', 'type')).toBe(
        false,
      );
      expect(await knex('priced_lifetimes').pluck('line')).toHaveLength(4);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261205_environment_buckets.js takes the names of buckets, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261205_environment_buckets.js');
      await knex('environments').insert(environment);
      const up = { directory, name: '20261205_environment_buckets.js' };
      await knex.migrate.up(up);

      const claim = {
        environment_id: environment.id,
        connection: 'storage',
        bucket: 'b'.repeat(63),
        claimed_at: 1,
      };
      await knex('environment_buckets').insert(claim);
      await expect(knex('environment_buckets').insert(claim)).rejects.toThrow();
      const finding = (provider: string) => ({
        environment_id: environment.id,
        kind: 'bucket',
        key: provider,
        provider_id: provider,
        name: provider,
        differences: '[]',
        found_at: 1,
        last_seen_at: 1,
      });
      await knex('drift_findings').insert([
        finding(claim.bucket),
        finding('short'),
      ]);

      await knex.migrate.down(up);
      expect(await knex.schema.hasTable('environment_buckets')).toBe(false);
      expect(await knex('drift_findings').pluck('provider_id')).toEqual([
        'short',
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    '20261204_taken_tokens.js keeps one token in each place, and goes down, on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrateBefore(knex, '20261204_taken_tokens.js');
      const up = { directory, name: '20261204_taken_tokens.js' };
      await knex.migrate.up(up);
      const token = {
        connection: 'shop',
        secret: 'token',
        fingerprint: 'a',
        taken_at: 1,
      };
      await knex('taken_tokens').insert(token);
      await knex('taken_tokens').insert({ ...token, secret: 'clusterToken' });
      await expect(knex('taken_tokens').insert(token)).rejects.toThrow();
      const word = { connection: 'shop', valid_until: 1 };
      await knex('project_confirmations').insert(word);
      await expect(
        knex('project_confirmations').insert(word),
      ).rejects.toThrow();
      await knex.migrate.down(up);
      expect(await knex.schema.hasTable('taken_tokens')).toBe(false);
      expect(await knex.schema.hasTable('project_confirmations')).toBe(false);
    },
  );
});
