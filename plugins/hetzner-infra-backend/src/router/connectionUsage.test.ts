import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

describe('the use of a connection', () => {
  const databases = testDatabases();
  let sandbox: SandboxProcess;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    portal = await TestPortal.start({
      sandbox,
      knex: await migratedDatabase(databases, 'SQLITE_3'),
    });
  });
  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
  });

  const usage = (who: string, name = 'sandbox') =>
    portal.call(who, 'GET', `/connections/${name}/usage`);

  it('tells what the project has and may have, and what is left of the requests', async () => {
    const { status, body } = await usage('ada');
    expect(status).toBe(200);
    expect(body.quota).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'servers', used: 0, after: 0 }),
        expect.objectContaining({ name: 'firewalls', used: 0, limit: 50 }),
      ]),
    );
    expect(body.requests.limit).toBeGreaterThan(0);
    expect(body.requests.remaining).toBeLessThanOrEqual(body.requests.limit);
  });

  it('is for those who may see connections, and there must be one', async () => {
    expect((await usage('nobody')).status).toBe(403);
    expect((await usage('ada', 'none')).status).toBe(404);
  });
});
