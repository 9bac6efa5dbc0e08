import { mockServices } from '@backstage/backend-test-utils';
import {
  SIGNAL_PULSE_SECONDS,
  type ChangeSignal,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { ManualClock } from '../__testUtils__/ManualClock';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { DatabaseOperationStore } from '../operations/DatabaseOperationStore';
import { OperationSignals } from '../operations/OperationSignals';
import { Announcer } from './Announcer';

const databases = testDatabases();
const now = new Date('2026-11-23T08:00:00Z');

describe.each(databases.eachSupportedId())('announcer on %p', id => {
  let knex: Knex;
  let clock: ManualClock;
  let operations: DatabaseOperationStore;
  let environments: DatabaseEnvironmentStore;
  let announcer: Announcer;
  let looks: number;
  const logger = mockServices.logger.mock();
  const events = { publish: jest.fn() };
  const signals = { publish: jest.fn() };

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    clock = new ManualClock();
    const written = new OperationSignals();
    operations = new DatabaseOperationStore({ knex, signals: written });
    environments = new DatabaseEnvironmentStore(knex);
    looks = 0;
    events.publish.mockReset().mockResolvedValue(undefined);
    signals.publish.mockReset().mockResolvedValue(undefined);
    logger.warn.mockReset();
    announcer = new Announcer({
      written,
      environments,
      operations: {
        find: operationId => operations.find(operationId),
        current: ids => operations.current(ids),
        // The last thing that is read for an announcement.
        async endedSteps(ids) {
          try {
            return await operations.endedSteps(ids);
          } finally {
            looks += 1;
          }
        },
      },
      events,
      signals,
      clock,
      logger,
    });
    announcer.start();
  });
  afterEach(() => announcer.stop());

  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  /** Lets the time of an announcement pass and waits until it was made. */
  const announced = async () => {
    const before = looks;
    await clock.advance(1);
    await until(() => looks > before);
    await until(() => clock.pending === 1);
  };

  const submit = async (name: string) => {
    const environment = await storedEnvironment(knex, environments, name, now);
    const { operation } = await operations.submit(
      {
        environmentId: environment.id,
        goal: 'apply',
        revision: 1,
        initiator: 'user:default/jo',
        options: {},
      },
      now,
    );
    return { environment, operation };
  };

  const messages = (): ChangeSignal[] =>
    signals.publish.mock.calls.map(([{ message }]) => message);

  it('tells at once of what was found without any operation', async () => {
    const environment = await storedEnvironment(
      knex,
      environments,
      'shop',
      now,
    );
    announcer.foundOtherwise(environment);
    const { id: environmentId } = environment;
    expect(messages()).toEqual([
      { environments: [environmentId], resources: [environmentId] },
    ]);
    expect(events.publish.mock.calls).toEqual([
      [
        {
          topic: 'hetzner-infra.environment',
          eventPayload: {
            id: environmentId,
            name: 'shop',
            owner: 'group:default/platform',
            state: 'creating',
            revision: 1,
          },
        },
      ],
    ]);
  });

  it('tells plugins and browsers of a new environment', async () => {
    const { environment, operation } = await submit('shop');
    await announced();

    expect(events.publish.mock.calls).toEqual([
      [
        {
          topic: 'hetzner-infra.environment',
          eventPayload: {
            id: environment.id,
            name: 'shop',
            owner: 'group:default/platform',
            state: 'creating',
            revision: 1,
            operation: { id: operation.id, goal: 'apply', state: 'queued' },
          },
        },
      ],
    ]);
    expect(signals.publish.mock.calls).toEqual([
      [
        {
          channel: 'hetzner-infra',
          recipients: { type: 'broadcast' },
          message: {
            environments: [environment.id],
            resources: [environment.id],
          },
        },
      ],
    ]);
  });

  it('tells many changes at once', async () => {
    const { environment: one } = await submit('one');
    const { environment: two, operation } = await submit('two');
    await operations.requestCancel(operation.id, now);
    await announced();

    expect(messages()).toEqual([
      {
        environments: expect.arrayContaining([one.id, two.id]),
        resources: expect.arrayContaining([one.id, two.id]),
      },
    ]);
    expect(
      events.publish.mock.calls.map(([{ eventPayload }]) => [
        eventPayload.name,
        eventPayload.state,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['one', 'creating'],
        ['two', 'removed'],
      ]),
    );
  });

  it('says nothing of writes that change no state', async () => {
    await submit('shop');
    const claim = (await operations.claim({
      worker: 'w',
      leaseMs: 60_000,
      now,
    }))!;
    await announced();
    const before = messages().length;

    await operations.log(claim.hold, 'still at it', now);
    await announced();

    expect(messages()).toHaveLength(before);
    expect(events.publish).toHaveBeenCalledTimes(1);
  });

  it('tells browsers, and only them, that a step has ended', async () => {
    const { environment } = await submit('shop');
    const { hold } = (await operations.claim({
      worker: 'w',
      leaseMs: 60_000,
      now,
    }))!;
    const [step] = await operations.planned(
      hold,
      [
        {
          key: 'network',
          kind: 'network',
          change: 'create',
          title: 'Create network',
        },
      ],
      now,
    );
    await operations.stepStarted(hold, step.id, now);
    await announced();
    events.publish.mockClear();
    signals.publish.mockClear();

    await operations.stepFinished(hold, step.id, now);
    await announced();

    expect(messages()).toEqual([
      { environments: [], resources: [environment.id] },
    ]);
    expect(events.publish).not.toHaveBeenCalled();
  });

  it('logs what cannot be published, and goes on', async () => {
    signals.publish.mockRejectedValueOnce(new Error('no bus'));
    events.publish.mockRejectedValueOnce(new Error('no bus'));
    await submit('one');
    await announced();
    expect(logger.warn).toHaveBeenCalledTimes(2);

    const { environment } = await submit('two');
    await announced();
    expect(messages().at(-1)?.environments).toEqual([environment.id]);
  });

  it('logs what cannot be read, and goes on', async () => {
    jest
      .spyOn(operations, 'endedSteps')
      .mockRejectedValueOnce(new Error('away'));
    await submit('one');
    await announced();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(signals.publish).not.toHaveBeenCalled();

    const { environment } = await submit('two');
    await announced();
    expect(messages().at(-1)?.environments).toEqual([environment.id]);
  });

  it('lets browsers know that the socket works', async () => {
    await clock.advance(SIGNAL_PULSE_SECONDS);

    expect(messages()).toEqual([{ environments: [], resources: [] }]);
  });

  it('tells that connections changed without a name of theirs', () => {
    announcer.connectionsChanged();

    expect(messages()).toEqual([
      { environments: [], resources: [], connections: true },
    ]);
    expect(events.publish).not.toHaveBeenCalled();
  });

  it('tells what is left when it stops', async () => {
    const { environment } = await submit('shop');
    await announcer.stop();

    expect(messages()).toEqual([
      { environments: [environment.id], resources: [environment.id] },
    ]);
    expect(clock.pending).toBe(0);
  });
});
