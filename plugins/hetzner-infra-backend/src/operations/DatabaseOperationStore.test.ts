import type { Knex } from 'knex';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { LifetimeStore } from '../costs/LifetimeStore';
import { desired, storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseOperationStore } from './DatabaseOperationStore';
import {
  AimChangedError,
  LeaseLostError,
  type Operation,
  type PlannedStep,
} from './operation';
import { OperationSignals } from './OperationSignals';
import type { Claim, Submission } from './OperationStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const start = Date.parse('2026-11-23T08:00:00.123Z');
const at = (seconds: number) => new Date(start + seconds * 1000);
const leaseMs = 30_000;

const create = (key: string): PlannedStep => ({
  key,
  kind: 'server',
  change: 'create',
  title: `Create server ${key}`,
});
const remove = (key: string): PlannedStep => ({
  ...create(key),
  change: 'remove',
  title: `Remove server ${key}`,
});

describe.each(databases.eachSupportedId())('operation store on %p', id => {
  let knex: Knex;
  let signals: OperationSignals;
  let store: DatabaseOperationStore;
  let environments: DatabaseEnvironmentStore;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    signals = new OperationSignals();
    store = new DatabaseOperationStore({ knex, signals });
    environments = new DatabaseEnvironmentStore(knex);
  });

  const environment = (name: string) =>
    storedEnvironment(knex, environments, name, at(0));

  const submit = async (
    environmentId: string,
    seconds: number,
    overrides: Partial<Submission> = {},
  ) =>
    store.submit(
      {
        environmentId,
        goal: 'apply',
        revision: 1,
        initiator: 'user:default/jo',
        options: {},
        ...overrides,
      },
      at(seconds),
    );

  const remover = (environmentId: string, seconds: number) =>
    submit(environmentId, seconds, {
      goal: 'remove',
      options: { data: 'keep' },
    });

  const claim = (seconds: number, worker = 'a') =>
    store.claim({ worker, leaseMs, now: at(seconds) });

  const claimed = async (seconds: number): Promise<Claim> => {
    const found = await claim(seconds);
    if (!found) {
      throw new Error('Nothing was due');
    }
    return found;
  };

  it('refuses what was asked for of another revision', async () => {
    const { id: environmentId } = await environment('prod');
    await expect(
      submit(environmentId, 0, { expectedRevision: 2 }),
    ).rejects.toThrow('it wants revision 1, not 2');
    const { operation } = await submit(environmentId, 0, {
      expectedRevision: 1,
    });
    expect(operation.state).toBe('queued');
  });

  /** A new environment whose first revision was reached. */
  const ready = async (name: string) => {
    const { id: environmentId } = await environment(name);
    await submit(environmentId, 0);
    const { hold } = await claimed(0);
    await store.finished(hold, { reached: true }, at(1));
    return environmentId;
  };

  /** A second revision of it, queued. */
  const changed = async (environmentId: string, seconds: number) => {
    const submitted = await knex.transaction(async tx => {
      await environments.change(
        environmentId,
        { ...desired({ document: { changed: true } }), expectedRevision: 1 },
        at(seconds),
        tx,
      );
      return store.submit(
        {
          environmentId,
          goal: 'apply',
          revision: 2,
          previousRevision: 1,
          initiator: 'user:default/jo',
          options: {},
        },
        at(seconds),
        tx,
      );
    });
    return submitted.operation;
  };

  const history = async (operation: Pick<Operation, 'id'>) =>
    (await store.eventsAfter(operation.id, 0)).map(
      event =>
        event.message ??
        (event.step
          ? `${event.step.key} ${event.step.state}`
          : event.operation!.state),
    );

  describe('submit', () => {
    it('queues, and the environment shows it', async () => {
      const { id: environmentId } = await environment('one');
      const { operation, repeated } = await submit(environmentId, 0, {
        requestId: 'task-1',
        requestHash: 'hash',
        options: { onFailure: 'keep', maxMonthly: '60.00' },
      });
      expect(repeated).toBe(false);
      expect(await store.find(operation.id)).toEqual({
        id: operation.id,
        environmentId,
        goal: 'apply',
        revision: 1,
        aim: { kind: 'apply', revision: 1 },
        state: 'queued',
        initiator: 'user:default/jo',
        requestId: 'task-1',
        options: { onFailure: 'keep', maxMonthly: '60.00' },
        attempts: 0,
        createdAt: at(0),
      });
      expect(await history(operation)).toEqual(['queued']);
      expect((await environments.find(environmentId))!.state).toBe('creating');
    });

    it('returns the same operation for the same request and refuses another', async () => {
      const { id: environmentId } = await environment('one');
      const request = { requestId: 'task-1', requestHash: 'hash' };
      const first = await submit(environmentId, 0, request);
      const again = await submit(environmentId, 1, request);
      expect(again).toEqual({ operation: first.operation, repeated: true });
      await expect(
        submit(environmentId, 1, { ...request, requestHash: 'other' }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        operationId: first.operation.id,
        message: expect.stringContaining('requestId task-1'),
      });
      await expect(
        store.findRequest({ ...request, initiator: 'user:default/jo' }),
      ).resolves.toEqual(first.operation);
      await expect(
        store.findRequest({ ...request, initiator: 'user:default/al' }),
      ).resolves.toBeUndefined();
    });

    it('refuses an apply while anything is unfinished', async () => {
      const { id: environmentId } = await environment('one');
      const { operation } = await submit(environmentId, 0);
      await expect(submit(environmentId, 1)).rejects.toMatchObject({
        name: 'ConflictError',
        operationId: operation.id,
      });
    });

    it('lets one of many applies in that come at once', async () => {
      const { id: environmentId } = await environment('one');
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, () => submit(environmentId, 0)),
      );
      expect(
        results
          .map(r => (r.status === 'rejected' ? r.reason.name : 'queued'))
          .sort(),
      ).toEqual([...Array(5).fill('ConflictError'), 'queued']);
    });

    it('takes part in the transaction of the caller', async () => {
      const { id: environmentId } = await environment('one');
      await expect(
        knex.transaction(async tx => {
          await store.submit(
            {
              environmentId,
              goal: 'apply',
              revision: 1,
              initiator: 'user:default/jo',
              options: {},
            },
            at(0),
            tx,
          );
          throw new Error('the rest failed');
        }),
      ).rejects.toThrow('the rest failed');
      expect((await store.list({ limit: 10 })).items).toEqual([]);
    });
  });

  describe('claim', () => {
    it('gives the oldest that is due a lease', async () => {
      const one = await environment('one');
      const two = await environment('two');
      await submit(two.id, 2);
      const { operation: oldest } = await submit(one.id, 1);
      expect(await claim(0)).toBeUndefined();

      const first = await claim(3, 'a');
      expect(first).toMatchObject({
        operation: { id: oldest.id, state: 'running', attempts: 1 },
        hold: { operationId: oldest.id, aim: { kind: 'apply', revision: 1 } },
        takenOver: false,
      });
      expect((await claim(3, 'b'))!.operation.environmentId).toBe(two.id);
      expect(await claim(3, 'c')).toBeUndefined();
    });

    it('never gives one operation to two of many claimers', async () => {
      for (const name of ['one', 'two', 'three', 'four']) {
        await submit((await environment(name)).id, 0);
      }
      const claims: Claim[] = [];
      const worker = async (name: string) => {
        for (let round = 0; round < 4; round += 1) {
          const found = await claim(1, name);
          if (found) claims.push(found);
        }
      };
      await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(worker));
      const ids = claims.map(c => c.operation.id);
      expect(ids).toHaveLength(4);
      expect(new Set(ids).size).toBe(4);
      expect(claims.every(c => !c.takenOver)).toBe(true);
    });

    it('takes over when a lease has run out, and says since when', async () => {
      await submit((await environment('one')).id, 0);
      const first = await claimed(0);
      expect(await claim(29, 'b')).toBeUndefined();
      const second = await claim(30, 'b');
      expect(second).toMatchObject({ takenOver: true });
      expect(second!.operation.takenOverAt).toEqual(at(30));
      expect(second!.hold.lease).not.toBe(first.hold.lease);
      expect(await history(second!.operation)).toContain('Taken over by b');
    });

    it('gives an expired operation to one of many claimers only', async () => {
      await submit((await environment('one')).id, 0);
      await claimed(0);
      const claims = await Promise.all(
        ['b', 'c', 'd', 'e'].map(worker => claim(60, worker)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('waits for a postponed one, and then nothing was taken over', async () => {
      await submit((await environment('one')).id, 0);
      const { hold, operation } = await claimed(0);
      await store.postpone(hold, {
        nextAttemptAt: at(10),
        reason: 'The provider asks to wait.',
        now: at(1),
      });
      expect(await claim(9)).toBeUndefined();
      expect(await claim(10)).toMatchObject({
        takenOver: false,
        operation: { attempts: 2, state: 'running', startedAt: at(0) },
      });
      expect(await history(operation)).toContain('The provider asks to wait.');
    });
  });

  describe('a lost lease', () => {
    it('writes nothing', async () => {
      await submit((await environment('one')).id, 0);
      const old = await claimed(0);
      const [step] = await store.planned(old.hold, [create('web-1')], at(1));
      const fresh = await claimed(31);
      const before = await history(old.operation);

      const attempts: Array<() => Promise<unknown>> = [
        () => store.renew(old.hold, at(99)),
        () => store.holds(old.hold, at(2)),
        () => store.planned(old.hold, [create('web-2')], at(32)),
        () => store.stepStarted(old.hold, step.id, at(32)),
        () =>
          store.stepProgress(
            old.hold,
            [{ stepId: step.id, progress: 5 }],
            at(32),
          ),
        () => store.stepFinished(old.hold, step.id, at(32)),
        () =>
          store.stepFailed(
            old.hold,
            step.id,
            { code: 'x', message: 'y' },
            at(32),
          ),
        () => store.log(old.hold, 'still here', at(32)),
        () => store.undo(old.hold, { code: 'x', message: 'y' }, at(32)),
        () => store.finished(old.hold, { reached: true }, at(32)),
        () =>
          store.postpone(old.hold, {
            nextAttemptAt: at(40),
            reason: 'later',
            now: at(32),
          }),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).rejects.toThrow(LeaseLostError);
      }
      expect(await history(old.operation)).toEqual(before);
      expect(await store.find(old.operation.id)).toEqual(fresh.operation);
    });

    it('is lost when the operation has ended', async () => {
      await submit((await environment('one')).id, 0);
      const { hold } = await claimed(0);
      await store.finished(hold, { reached: true }, at(1));
      await expect(store.holds(hold, at(1))).rejects.toThrow(LeaseLostError);
      await expect(store.renew(hold, at(9))).rejects.toThrow(LeaseLostError);
    });

    it('counts as lost for calls as soon as it has run out', async () => {
      await submit((await environment('one')).id, 0);
      const { hold } = await claimed(0);
      await expect(store.holds(hold, at(29))).resolves.toBeUndefined();
      await expect(store.holds(hold, at(30))).rejects.toThrow(LeaseLostError);
      await store.renew(hold, at(60));
      await expect(store.holds(hold, at(30))).resolves.toBeUndefined();
    });
  });

  describe('steps', () => {
    it('say what they need, by ids, also of steps that were planned before', async () => {
      await submit((await environment('one')).id, 0);
      const { hold } = await claimed(0);
      const needing = (key: string, ...needs: string[]) => ({
        ...create(key),
        needs: needs.map(need => `create ${need}`),
      });
      await store.planned(hold, [create('network')], at(1));
      const [network, web, balancer] = await store.planned(
        hold,
        [
          create('network'),
          needing('web-1', 'network', 'never-planned'),
          needing('load-balancer', 'network', 'web-1'),
        ],
        at(2),
      );
      expect(web.needs).toEqual([network.id]);
      expect(balancer.needs).toEqual([network.id, web.id]);
      // The plan of a later round does not know what is done already.
      const again = await store.planned(hold, [create('load-balancer')], at(3));
      expect(again.map(({ needs }) => needs)).toEqual([
        undefined,
        [network.id],
        [network.id, web.id],
      ]);
    });

    it('take as long as the last ones of their kind on the same connection', async () => {
      const ran = async (
        environmentId: string,
        begin: number,
        seconds: number,
        attempts = 1,
      ) => {
        await submit(environmentId, begin);
        const { hold } = await claimed(begin);
        const [step] = await store.planned(hold, [create('web-1')], at(begin));
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
          await store.stepStarted(hold, step.id, at(begin));
        }
        await store.stepFinished(hold, step.id, at(begin + seconds));
        await store.finished(hold, { reached: true }, at(begin + seconds));
        return step.expectedSeconds;
      };
      const one = (await environment('one')).id;
      expect(await ran(one, 0, 40)).toBe(20);
      expect(await ran((await environment('two')).id, 100, 44)).toBe(40);
      expect(await ran((await environment('three')).id, 200, 42)).toBe(44);
      const four = (await environment('four')).id;
      expect(await ran(four, 300, 500, 2)).toBe(42);
      expect(await ran((await environment('five')).id, 900, 1)).toBe(42);

      const elsewhere = (await environment('elsewhere')).id;
      await knex('environments')
        .where('id', elsewhere)
        .update({ connection: 'another' });
      expect(await ran(elsewhere, 1000, 1)).toBe(20);
    });

    it('keep what was seen of the provider, and tell it in no event', async () => {
      await submit((await environment('one')).id, 0);
      const { hold, operation } = await claimed(0);
      const [web] = await store.planned(hold, [create('web-1')], at(1));
      await store.stepStarted(hold, web.id, at(2));
      const action = {
        id: '7',
        command: 'create_server',
        state: 'running' as const,
        startedAt: at(2).toISOString(),
      };
      const call = {
        at: at(2).toISOString(),
        method: 'POST',
        path: '/servers',
        status: 201,
        correlationId: 'abc',
        attempt: 1,
      };
      const before = await store.lastSeqs([operation.id]);
      await store.stepDetails(
        hold,
        new Map([[web.id, { providerActions: [action], calls: [call] }]]),
      );
      await store.stepDetails(
        hold,
        new Map([
          [
            web.id,
            {
              providerId: '42',
              providerActions: [{ ...action, state: 'success' as const }],
              calls: [],
            },
          ],
        ]),
      );
      expect(await store.lastSeqs([operation.id])).toEqual(before);
      await store.stepFinished(hold, web.id, at(3));

      const [step] = (await store.steps([operation.id])).get(operation.id)!;
      expect(step).toMatchObject({
        providerId: '42',
        providerActions: [{ id: '7', state: 'success' }],
        calls: [call],
        state: 'succeeded',
      });
      const [last] = (await store.eventsAfter(operation.id, 0)).slice(-1);
      expect(last.step).toMatchObject({ state: 'succeeded', providerId: '42' });
      expect(last.step).not.toHaveProperty('calls');
      expect(last.step).not.toHaveProperty('providerActions');
    });

    it('are named by the sentences that are about them', async () => {
      await submit((await environment('one')).id, 0);
      const { hold, operation } = await claimed(0);
      await store.log(hold, 'Waiting for the network', at(1), {
        stepId: 'step-1',
      });
      const [event] = (await store.eventsAfter(operation.id, 0)).slice(-1);
      expect(event).toMatchObject({
        message: 'Waiting for the network',
        stepId: 'step-1',
      });
    });

    it('go their way, each with an event', async () => {
      await submit((await environment('one')).id, 0);
      const { hold, operation } = await claimed(0);
      const [network, web] = await store.planned(
        hold,
        [create('network'), create('web-1')],
        at(1),
      );
      await store.stepStarted(hold, network.id, at(2));
      await store.stepProgress(
        hold,
        [{ stepId: network.id, progress: 50 }],
        at(3),
      );
      await store.stepProgress(
        hold,
        [{ stepId: network.id, progress: 50 }],
        at(4),
      );
      await store.stepFinished(hold, network.id, at(5));
      await store.stepStarted(hold, web.id, at(5));
      const error = {
        code: 'resource_unavailable',
        message: 'cx43 is sold out in fsn1.',
        correlationId: 'abc',
      };
      await store.stepFailed(hold, web.id, error, at(6));
      await store.log(hold, 'Trying again', at(7));

      expect((await store.steps([operation.id])).get(operation.id)).toEqual([
        {
          ...create('network'),
          id: network.id,
          state: 'succeeded',
          progress: 100,
          attempts: 1,
          expectedSeconds: 20,
          startedAt: at(2),
          finishedAt: at(5),
        },
        {
          ...create('web-1'),
          id: web.id,
          state: 'failed',
          attempts: 1,
          expectedSeconds: 20,
          error,
          startedAt: at(5),
          finishedAt: at(6),
        },
      ]);
      expect(await history(operation)).toEqual([
        'queued',
        'running',
        'network waiting',
        'web-1 waiting',
        'network running',
        'network running',
        'network succeeded',
        'web-1 running',
        'web-1 failed',
        'Trying again',
      ]);
      const events = await store.eventsAfter(operation.id, 0);
      expect(events.map(e => e.type).slice(0, 3)).toEqual([
        'operation',
        'operation',
        'step',
      ]);
      expect(events.at(-2)!.step).toMatchObject({ error, finishedAt: at(6) });
      const seqs = events.map(e => e.seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(await store.eventsAfter(operation.id, seqs[7])).toEqual(
        events.slice(8),
      );
    });

    it('merge with the next plan', async () => {
      await submit((await environment('one')).id, 0);
      const { hold } = await claimed(0);
      const [network] = await store.planned(
        hold,
        [create('network'), create('web-1')],
        at(1),
      );
      await store.stepStarted(hold, network.id, at(2));
      const second = await store.planned(
        hold,
        [create('web-1'), create('web-2')],
        at(3),
      );
      expect(second.map(s => [s.key, s.state])).toEqual([
        ['network', 'succeeded'],
        ['web-1', 'waiting'],
        ['web-2', 'waiting'],
      ]);
      const { operation } = await claimed(40);
      expect(
        (await store.steps([operation.id])).get(operation.id)!.map(s => s.key),
      ).toEqual(['network', 'web-1', 'web-2']);
    });

    it('refuses a step of another operation', async () => {
      await submit((await environment('one')).id, 0);
      await submit((await environment('two')).id, 0);
      const one = await claimed(0);
      const two = await claimed(0);
      const [step] = await store.planned(one.hold, [create('web-1')], at(1));
      await expect(
        store.stepFinished(two.hold, step.id, at(2)),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });

  describe('finished', () => {
    it('makes a created environment ready', async () => {
      const environmentId = await ready('one');
      expect(await environments.find(environmentId)).toMatchObject({
        state: 'ready',
        revision: 1,
        appliedRevision: 1,
      });
      const { items } = await store.list({ limit: 1 });
      expect(items[0]).toMatchObject({
        state: 'succeeded',
        finishedAt: at(1),
      });
    });

    it('removes: the name is free, the secrets are gone, the history stays', async () => {
      const environmentId = await ready('one');
      await knex('environment_secrets').insert({
        environment_id: environmentId,
        name: 'ca',
        value: 'sealed',
      });
      const lifetimes = new LifetimeStore(knex);
      const part = (providerId: string, createdAt: Date) => ({
        kind: 'server',
        key: `web-${providerId}`,
        providerId,
        line: 'pool-web',
        description: 'Workers of the pool web, cx43',
        hourly: '0.0248',
        monthlyCap: '15.49',
        currency: 'EUR',
        source: 'price list',
        createdAt: createdAt.getTime(),
      });
      await lifetimes.record(
        environmentId,
        {
          startedAt: at(9).getTime(),
          parts: [part('1', at(1)), part('2', at(9))],
          unpriced: new Set(),
        },
        2,
      );
      const { operation } = await remover(environmentId, 2);
      const { hold } = await claimed(2);
      await store.finished(hold, { reached: true }, at(3));

      expect(await environments.findByName('one')).toBeUndefined();
      expect(await environments.find(environmentId)).toMatchObject({
        state: 'removed',
        removedAt: at(3),
      });
      expect(await knex('environment_secrets')).toEqual([]);
      expect(
        (
          await lifetimes.list(environmentId, {
            from: 0,
            to: at(99).getTime(),
          })
        ).map(({ endedAt }) => endedAt),
      ).toEqual([at(3).getTime(), at(9).getTime()]);
      expect(
        (await store.list({ environmentId, limit: 9 })).items,
      ).toHaveLength(2);
      expect((await store.find(operation.id))!.state).toBe('succeeded');
      await environment('one');
    });

    it('fails a create that was undone, with the reason stored before', async () => {
      const { id: environmentId } = await environment('one');
      await submit(environmentId, 0);
      const { hold } = await claimed(0);
      const error = { code: 'resource_unavailable', message: 'Sold out.' };
      const undoing = await store.undo(hold, error, at(1));
      expect(undoing.aim).toEqual({ kind: 'remove' });
      await expect(store.holds(hold, at(1))).rejects.toThrow(AimChangedError);

      const after = await claimed(40); // A worker died; the reason is still there.
      expect(after.operation).toMatchObject({ state: 'running', error });
      expect(after.hold.aim).toEqual({ kind: 'remove' });
      const ended = await store.finished(after.hold, { reached: true }, at(41));
      expect(ended).toMatchObject({ state: 'failed', error });
      expect((await environments.find(environmentId))!.state).toBe('removed');
    });
  });

  describe('requestCancel', () => {
    it('ends a queued create at once, and the environment with it', async () => {
      const { id: environmentId } = await environment('one');
      const { operation } = await submit(environmentId, 0);
      expect((await store.requestCancel(operation.id, at(1))).state).toBe(
        'cancelled',
      );
      expect((await environments.find(environmentId))!.state).toBe('removed');
      expect(await claim(2)).toBeUndefined();
      expect((await store.requestCancel(operation.id, at(2))).state).toBe(
        'cancelled',
      );
    });

    it('turns a running create into a removal', async () => {
      const { id: environmentId } = await environment('one');
      const { operation } = await submit(environmentId, 0);
      const { hold } = await claimed(0);
      const [step] = await store.planned(
        hold,
        [create('web-1'), create('web-2')],
        at(1),
      );
      await store.stepStarted(hold, step.id, at(1));

      const cancelling = await store.requestCancel(operation.id, at(2));
      expect(cancelling).toMatchObject({
        state: 'cancelling',
        aim: { kind: 'remove' },
      });
      await expect(store.holds(hold, at(3))).rejects.toMatchObject({
        name: 'AimChangedError',
        aim: { kind: 'remove' },
      });
      await expect(store.stepStarted(hold, step.id, at(3))).rejects.toThrow(
        AimChangedError,
      );
      await expect(
        store.finished(hold, { reached: true }, at(3)),
      ).rejects.toThrow(AimChangedError);
      // What was in flight is still recorded.
      await store.stepFinished(hold, step.id, at(3));

      expect((await store.renew(hold, at(60))).aim).toEqual({ kind: 'remove' });
      const next = { ...hold, aim: cancelling.aim };
      const steps = await store.planned(next, [remove('web-1')], at(4));
      expect(steps.map(s => `${s.change} ${s.key} ${s.state}`)).toEqual([
        'create web-1 succeeded',
        'create web-2 skipped',
        'remove web-1 waiting',
      ]);
      const ended = await store.finished(next, { reached: true }, at(5));
      expect(ended.state).toBe('cancelled');
      expect((await environments.find(environmentId))!.state).toBe('removed');
    });

    it('takes a running change back to the revision that was reached', async () => {
      const environmentId = await ready('one');
      const operation = await changed(environmentId, 2);
      const { hold } = await claimed(3);
      expect(await environments.find(environmentId)).toMatchObject({
        revision: 2,
        document: { changed: true },
        state: 'changing',
      });
      const { aim } = await store.requestCancel(operation.id, at(4));
      expect(aim).toEqual({ kind: 'apply', revision: 1 });
      expect(await environments.find(environmentId)).toMatchObject({
        revision: 1,
        document: { kind: 'Environment' },
        state: 'changing',
      });
      await store.finished({ ...hold, aim }, { reached: true }, at(5));
      expect(await environments.find(environmentId)).toMatchObject({
        revision: 1,
        appliedRevision: 1,
        state: 'ready',
      });
      expect((await store.find(operation.id))!.state).toBe('cancelled');
    });

    it('forgets a queued change, and does not use its number again', async () => {
      const environmentId = await ready('one');
      const operation = await changed(environmentId, 2);
      await store.requestCancel(operation.id, at(3));
      expect(await environments.find(environmentId)).toMatchObject({
        revision: 1,
        state: 'ready',
      });
      const next = await knex.transaction(tx =>
        environments.change(
          environmentId,
          { ...desired(), expectedRevision: 1 },
          at(4),
          tx,
        ),
      );
      expect(next.revision).toBe(3);
      expect(
        (await environments.revisions(environmentId, { limit: 9 })).items.map(
          ({ revision, previousRevision }) => [revision, previousRevision],
        ),
      ).toEqual([
        [3, 1],
        [2, 1],
        [1, undefined],
      ]);
    });

    it('stops a removal until its first deletion has begun', async () => {
      const environmentId = await ready('one');
      const { operation } = await remover(environmentId, 2);
      const { hold } = await claimed(2);
      const [step] = await store.planned(hold, [remove('web-1')], at(3));
      const { aim } = await store.requestCancel(operation.id, at(3));
      expect(aim).toEqual({ kind: 'stop' });
      await expect(store.stepStarted(hold, step.id, at(4))).rejects.toThrow(
        AimChangedError,
      );
      await store.finished({ ...hold, aim }, { reached: true }, at(4));
      expect((await environments.find(environmentId))!.state).toBe('ready');

      const second = (await remover(environmentId, 5)).operation;
      const again = await claimed(5);
      const [deletion] = await store.planned(
        again.hold,
        [remove('web-1')],
        at(6),
      );
      await store.stepStarted(again.hold, deletion.id, at(6));
      await expect(store.requestCancel(second.id, at(7))).rejects.toMatchObject(
        {
          name: 'ConflictError',
          operationId: second.id,
          message: expect.stringContaining('first deletion'),
        },
      );
    });

    it('does not call a half-removed environment ready when its next removal is cancelled', async () => {
      const environmentId = await ready('one');
      await remover(environmentId, 2);
      const { hold } = await claimed(2);
      const [step] = await store.planned(hold, [remove('web-1')], at(3));
      await store.stepStarted(hold, step.id, at(3));
      await store.finished(
        hold,
        { reached: false, error: { code: 'x', message: 'y' } },
        at(4),
      );
      expect((await environments.find(environmentId))!.state).toBe('failed');

      const queued = (await remover(environmentId, 5)).operation;
      await store.requestCancel(queued.id, at(6));
      expect((await environments.find(environmentId))!.state).toBe('failed');

      const { operation } = await remover(environmentId, 7);
      const again = await claimed(7);
      const { aim } = await store.requestCancel(operation.id, at(8));
      await store.finished({ ...again.hold, aim }, { reached: true }, at(8));
      expect((await environments.find(environmentId))!.state).toBe('failed');
    });

    it('refuses what is over or unknown', async () => {
      await ready('one');
      const [{ id: over }] = (await store.list({ limit: 1 })).items;
      await expect(store.requestCancel(over, at(2))).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await expect(store.requestCancel('no', at(2))).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });
  });

  describe('a removal while an apply runs', () => {
    it('stops the apply, waits for its end, and then is due', async () => {
      const { id: environmentId } = await environment('one');
      const apply = (await submit(environmentId, 0)).operation;
      const { hold } = await claimed(0);
      const removal = (await remover(environmentId, 1)).operation;

      expect(await store.find(apply.id)).toMatchObject({
        state: 'cancelling',
        aim: { kind: 'stop' },
      });
      expect((await environments.find(environmentId))!.state).toBe('removing');
      expect(await claim(2, 'b')).toBeUndefined();
      expect(
        (await store.current([environmentId])).get(environmentId)!.id,
      ).toBe(apply.id);

      await store.finished(
        { ...hold, aim: { kind: 'stop' } },
        { reached: true },
        at(3),
      );
      expect((await environments.find(environmentId))!.state).toBe('removing');
      const next = await claim(3, 'b');
      expect(next!.operation.id).toBe(removal.id);
      await store.finished(next!.hold, { reached: true }, at(4));
      expect((await environments.find(environmentId))!.state).toBe('removed');
      expect((await store.find(apply.id))!.state).toBe('cancelled');
    });

    it('may come at the moment at which the apply is put off', async () => {
      for (let n = 0; n < 20; n += 1) {
        const { id: environmentId } = await environment(`env-${n}`);
        await submit(environmentId, n);
        const { hold, operation } = await claimed(n);
        await Promise.all([
          store.postpone(hold, {
            nextAttemptAt: at(1000),
            reason: 'The provider does not answer.',
            now: at(n),
          }),
          remover(environmentId, n),
        ]);
        expect((await store.find(operation.id))!.state).toBe('cancelling');
        await store.finished(
          { ...(await claimed(2000)).hold, aim: { kind: 'stop' } },
          { reached: true },
          at(n),
        );
        await store.finished(
          (
            await claimed(2000)
          ).hold,
          { reached: true },
          at(2000),
        );
      }
    });

    it('is the one that there is when asked for twice', async () => {
      const { id: environmentId } = await environment('one');
      await submit(environmentId, 0);
      await claimed(0);
      const first = await remover(environmentId, 1);
      expect(await remover(environmentId, 2)).toEqual({
        operation: first.operation,
        repeated: true,
      });
      await expect(submit(environmentId, 2)).rejects.toMatchObject({
        operationId: first.operation.id,
      });
    });

    it('ends a queued apply at once', async () => {
      const { id: environmentId } = await environment('one');
      const apply = (await submit(environmentId, 0)).operation;
      const removal = (await remover(environmentId, 1)).operation;
      expect((await store.find(apply.id))!.state).toBe('cancelled');
      expect((await claim(2))!.operation.id).toBe(removal.id);
    });

    it('stands its ground while applies are claimed and ended at the same moment', async () => {
      const { id: environmentId } = await environment('one');
      const apply = (await submit(environmentId, 0)).operation;
      const { hold } = await claimed(0);
      const [removal, end] = await Promise.allSettled([
        remover(environmentId, 1),
        store.finished(hold, { reached: true }, at(1)),
      ]);
      // Either the apply ended first, or it learned that it shall stop.
      const state = (await store.find(apply.id))!.state;
      expect({
        removal: removal.status,
        end: end.status === 'rejected' ? end.reason.name : state,
        state,
      }).toEqual(
        state === 'succeeded'
          ? { removal: 'fulfilled', end: 'succeeded', state }
          : {
              removal: 'fulfilled',
              end: 'AimChangedError',
              state: 'cancelling',
            },
      );
      expect((await environments.find(environmentId))!.state).toBe('removing');
    });
  });

  it('lists the youngest first, page by page', async () => {
    const one = await ready('one');
    const two = await ready('two');
    await remover(one, 3);
    await submit(two, 3, { requestId: 'task-2' });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 1, cursor });
      seen.push(...page.items.map(o => o.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
    expect(
      (await store.list({ requestId: 'task-2', limit: 9 })).items,
    ).toMatchObject([{ environmentId: two }]);
    const ofOwner = (...values: string[]) =>
      store.list({ limit: 9, visible: { property: 'owner', values } });
    expect((await ofOwner('group:default/platform')).items).toHaveLength(4);
    expect((await ofOwner('group:default/other')).items).toEqual([]);
    await expect(store.list({ limit: 1, cursor: 'no' })).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('leaves an environment removed while what came late is cleared away', async () => {
    const environmentId = await ready('one');
    await remover(environmentId, 2);
    await store.finished((await claimed(2)).hold, { reached: true }, at(3));

    const { operation } = await remover(environmentId, 10);
    const { hold } = await claimed(10);
    expect(await environments.find(environmentId)).toMatchObject({
      state: 'removed',
      removedAt: at(3),
    });
    await environment('one');
    await store.finished(hold, { reached: false }, at(11));
    expect(await store.find(operation.id)).toMatchObject({ state: 'failed' });
    expect(await environments.find(environmentId)).toMatchObject({
      state: 'removed',
      removedAt: at(3),
    });
  });

  it('wakes workers and streams after each commit', async () => {
    const { id: environmentId } = await environment('one');
    const work: string[] = [];
    signals.onWork(operationId => work.push(operationId));
    const { operation } = await submit(environmentId, 0);
    expect(work).toEqual([operation.id]);

    const states: number[] = [];
    const stop = signals.onEvents(operation.id, async () => {
      states.push(1);
    });
    const { hold } = await claimed(0);
    await store.log(hold, 'hello', at(1));
    await store.requestCancel(operation.id, at(1));
    expect(states).toHaveLength(3);
    expect(work).toHaveLength(2);
    stop();
    await store.log(hold, 'nobody listens', at(1));
    expect(states).toHaveLength(3);
  });
});
