import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  portalHealthServiceRef,
  type PortalHealthService,
} from '@xpeditis/backstage-plugin-hetzner-infra-node';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(120_000);

describe('GET /health', () => {
  const databases = testDatabases();
  let sandbox: SandboxProcess;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.eachSupportedId())(
    'tells anybody when the database is away, on %p',
    async databaseId => {
      const knex = await migratedDatabase(databases, databaseId);
      let root: PortalHealthService;
      const portal = await TestPortal.start({
        sandbox,
        knex,
        features: [
          createBackendPlugin({
            pluginId: 'onlooker',
            register(env) {
              env.registerInit({
                deps: { health: portalHealthServiceRef },
                async init({ health }) {
                  root = health;
                },
              });
            },
          }),
        ],
      });
      const ask = async () => {
        const { status, body } = await portal.call(
          'anonymous',
          'GET',
          '/health',
        );
        return { status, body };
      };
      /** What is remembered is a second old at most. */
      const until = async (status: number) => {
        for (;;) {
          const answer = await ask();
          if (answer.status === status) return answer.body;
          await new Promise(resolve => setTimeout(resolve, 50));
        }
      };
      try {
        expect(await ask()).toEqual({
          status: 200,
          body: {
            status: 'ok',
            checks: [
              {
                name: 'database',
                status: 'ok',
                message: 'The database answers.',
              },
              {
                name: 'queue',
                status: 'ok',
                message: 'Nothing waits for a worker.',
              },
              {
                name: 'runner',
                status: 'ok',
                message: 'This replica looks for work.',
              },
              {
                name: 'restoration',
                status: 'ok',
                message: 'No restored database waits to be confirmed.',
              },
            ],
          },
        });

        await knex.destroy();
        expect(await until(503)).toMatchObject({
          status: 'error',
          checks: [
            {
              name: 'database',
              status: 'error',
              message: expect.stringContaining('The database cannot be read'),
            },
            { name: 'queue', status: 'unknown' },
            { name: 'runner', status: 'ok' },
            { name: 'restoration', status: 'unknown' },
          ],
        });
        const [check] = root!.checks();
        expect(await check.unreadyReason()).toContain(
          'The database cannot be read',
        );
        expect(await check.deadReason()).toBeUndefined();

        // SQLite keeps nothing in memory when it is closed.
        if (databaseId !== 'SQLITE_3') {
          knex.initialize();
          await until(200);
        }
      } finally {
        await portal.stop();
      }
    },
  );
});
