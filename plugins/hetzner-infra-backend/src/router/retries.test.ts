import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
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

const document = (max = 2, metadata = {}) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'prod', owner: 'group:default/team-a', ...metadata },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max }],
  },
});

describe('trying again', () => {
  const databases = testDatabases();
  let sandbox: SandboxProcess;
  let portal: TestPortal;
  let knex: Knex;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    knex = await migratedDatabase(databases, 'SQLITE_3');
    portal = await TestPortal.start({ sandbox, knex });
  });
  afterEach(() => portal.stop());

  const create = async (metadata = {}, more = {}) => {
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document(2, metadata),
      ...more,
    });
    await portal.follow('ada', body.operation.id);
    return body;
  };
  const retry = (who: string, id: string) =>
    portal.call(who, 'POST', `/operations/${id}/retry`);
  /** As the operation and the list of operations tell it. */
  const retryable = async (id: string) => {
    const { body } = await portal.call('ada', 'GET', `/operations/${id}`);
    const { body: list } = await portal.call('ada', 'GET', '/operations');
    const listed = list.items.find((item: any) => item.id === id);
    expect(listed.retryable).toBe(body.retryable);
    return body.retryable;
  };
  const shown = async () =>
    (await portal.call('ada', 'GET', '/environments/prod')).body;

  /** A removal that failed, as the history has it. */
  const failedRemoval = async (environmentId: string, createdAt: number) => {
    const id = randomUUID();
    await knex('operations').insert({
      id,
      environment_id: environmentId,
      goal: 'remove',
      revision: 1,
      previous_revision: 1,
      aim: 'remove',
      state: 'failed',
      initiator: 'user:default/ada',
      options: JSON.stringify({ data: 'delete' }),
      error: JSON.stringify({ code: 'locked', message: 'It was locked.' }),
      next_attempt_at: createdAt,
      created_at: createdAt,
      finished_at: createdAt,
    });
    return id;
  };
  const soldOut = () =>
    sandbox.control('PUT', '/faults', [
      {
        id: 'sold-out',
        match: { method: 'POST', path: '/servers' },
        times: null,
        effect: {
          status: 412,
          code: 'resource_unavailable',
          message: 'sold out',
        },
      },
    ]);

  it('a removal after which something else was asked for is refused', async () => {
    const { environment, operation } = await create();
    const old = await failedRemoval(environment.id, 1000);
    expect(await retryable(old)).toBe(false);
    expect(await retryable(operation.id)).toBeUndefined();
    const response = await retry('ada', old);
    expect(response.status).toBe(409);
    expect(response.body.error.operationId).toBe(operation.id);
    expect((await shown()).state).toBe('ready');
  });

  it('an apply after which something else was asked for is refused', async () => {
    const { environment, operation } = await create();
    await knex('operations')
      .where('id', operation.id)
      .update({ state: 'failed' });
    const removal = await failedRemoval(environment.id, Date.now() + 1000);
    const response = await retry('ada', operation.id);
    expect(response.status).toBe(409);
    expect(response.body.error.operationId).toBe(removal);
  });

  it('a removal of what is protected is refused', async () => {
    const { environment } = await create({ protected: true });
    const removal = await failedRemoval(environment.id, Date.now() + 1000);
    const response = await retry('ada', removal);
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain('protected');
    expect((await shown()).state).toBe('ready');
  });

  it('a removal needs the permission to remove, and keeps what was chosen', async () => {
    const { environment } = await create();
    const removal = await failedRemoval(environment.id, Date.now() + 1000);
    const refused = await retry('op', removal);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('environment.remove');
    expect(await retryable(removal)).toBe(true);
    const response = await retry('ada', removal);
    expect(response.status).toBe(202);
    const { options } = await knex('operations')
      .where('id', response.body.operation.id)
      .first('options');
    expect(JSON.parse(options)).toEqual({
      data: 'delete',
      retryOf: removal,
    });
    const { events } = await portal.follow('ada', response.body.operation.id);
    expect(events.at(-1)!.data.operation.state).toBe('succeeded');
  });

  it('keeps what was made of a create that is to be kept, whatever is tried', async () => {
    await soldOut();
    await create({}, { onFailure: 'keep' });
    const tries = [
      () => portal.call('ada', 'POST', '/environments/prod/reconcile'),
      () =>
        portal.call('ada', 'PUT', '/environments/prod', {
          environment: document(3),
          revision: 1,
        }),
    ];
    for (const attempt of tries) {
      const { status, body } = await attempt();
      expect(status).toBe(202);
      await portal.follow('ada', body.operation.id);
      expect((await shown()).state).toBe('failed');
      const again = await retry('ada', body.operation.id);
      expect(again.status).toBe(202);
      await portal.follow('ada', again.body.operation.id);
      expect((await shown()).state).toBe('failed');
    }
  });

  describe('a document of an older schema', () => {
    const age = (metadata = {}) =>
      knex('environments').update({
        document: JSON.stringify({
          apiVersion: 'infra.xpeditis.com/v1alpha0',
          metadata: { name: 'prod', ...metadata },
        }),
      });

    it('can be looked at and removed', async () => {
      await create();
      await age();
      const { status, body } = await portal.call(
        'ada',
        'GET',
        '/environments/prod/resources',
      );
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(5);
      expect(body.items.flatMap((r: any) => r.drift)).toEqual([]);
      const removal = await portal.call('ada', 'DELETE', '/environments/prod');
      expect(removal.status).toBe(202);
      const { events } = await portal.follow('ada', removal.body.operation.id);
      expect(events.at(-1)!.data.operation.state).toBe('succeeded');
    });

    it('protects as it did', async () => {
      await create();
      await age({ protected: true });
      const removal = await portal.call('ada', 'DELETE', '/environments/prod');
      expect(removal.status).toBe(409);
    });
  });
});
