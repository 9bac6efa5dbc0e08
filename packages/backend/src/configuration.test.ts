import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { parse } from 'yaml';

const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

const configuration = (name: string) =>
  parse(readFileSync(resolve(__dirname, '../../..', name), 'utf8'));

describe('the configuration for production', () => {
  it('recovers the tasks of a backend that ended, as the local one does', () => {
    const { scaffolder } = configuration('app-config.production.yaml');
    expect(scaffolder.taskRecovery).toEqual({ enabled: true });
    expect(scaffolder).toEqual(configuration('app-config.yaml').scaffolder);
  });

  if (databases.supports('POSTGRES_15')) {
    it('has statements end that hang, on PostgreSQL', async () => {
      const knex = await databases.init('POSTGRES_15');
      const { host, port, user, password } = knex.client.config.connection;
      const { connection } = configuration('app-config.production.yaml').backend
        .database;
      const manager = DatabaseManager.fromConfig(
        mockServices.rootConfig({
          data: {
            backend: {
              database: {
                client: 'pg',
                connection: {
                  ...connection,
                  host,
                  port,
                  user,
                  password,
                  ssl: false,
                },
              },
            },
          },
        }),
      );
      const portal = await manager
        .forPlugin('statements', {
          lifecycle: mockServices.lifecycle.mock(),
          logger: mockServices.logger.mock(),
        })
        .getClient();
      const { rows } = await portal.raw('show statement_timeout');
      await portal.destroy();
      expect(rows).toEqual([{ statement_timeout: '1min' }]);
    });
  }
});
