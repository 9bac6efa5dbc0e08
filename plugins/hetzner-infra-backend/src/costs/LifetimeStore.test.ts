import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { storedEnvironment } from '../__testUtils__/storedEnvironment';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { EnvironmentCosts } from './EnvironmentCosts';
import type { Look } from './lifetimeChanges';
import { LifetimeStore } from './LifetimeStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const at = (text: string) => Date.parse(text);

const server = (providerId: string, createdAt = '2026-11-10T00:00Z') => ({
  kind: 'server',
  key: `web-${providerId}`,
  providerId,
  line: 'pool-web',
  description: 'Workers of the pool web, cx43',
  type: 'cx43',
  hourly: '0.0248',
  monthlyCap: '15.49',
  currency: 'EUR',
  source: 'price list',
  createdAt: at(createdAt),
});

const look = (startedAt: string, ...parts: Look['parts']): Look => ({
  startedAt: at(startedAt),
  parts,
  unpriced: new Set(),
});

describe.each(databases.eachSupportedId())('LifetimeStore on %p', id => {
  let knex: Knex;
  let store: LifetimeStore;
  let environments: DatabaseEnvironmentStore;
  let environmentId: string;
  const november = () =>
    store.list(environmentId, {
      from: at('2026-11-01T00:00Z'),
      to: at('2026-12-01T00:00Z'),
    });

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    store = new LifetimeStore(knex);
    environments = new DatabaseEnvironmentStore(knex);
    ({ id: environmentId } = await storedEnvironment(
      knex,
      environments,
      'prod',
      new Date('2026-11-01T00:00Z'),
    ));
  });

  it('keeps how long each thing existed, however often it is seen', async () => {
    await store.record(
      environmentId,
      look('2026-11-11T00:00Z', server('1'), server('2')),
      2,
    );
    await store.record(
      environmentId,
      look('2026-11-12T00:00Z', server('1'), server('2')),
      2,
    );
    await store.record(
      environmentId,
      look('2026-11-13T00:00Z', server('2')),
      1,
    );

    expect(
      (await november()).map(({ key, startedAt, endedAt }) => ({
        key,
        startedAt,
        endedAt,
      })),
    ).toEqual([
      {
        key: 'web-1',
        startedAt: at('2026-11-10T00:00Z'),
        endedAt: at('2026-11-13T00:00Z'),
      },
      {
        key: 'web-2',
        startedAt: at('2026-11-10T00:00Z'),
        endedAt: undefined,
      },
    ]);
    expect(await store.since(environmentId)).toBe(at('2026-11-10T00:00Z'));
  });

  it('records once what two replicas see at the same time', async () => {
    const seen = look('2026-11-11T00:00Z', server('1'));
    await Promise.all([
      store.record(environmentId, seen, 1),
      store.record(environmentId, seen, 1),
    ]);
    expect(await november()).toHaveLength(1);
  });

  it('gives what touches the time asked for, and of this environment only', async () => {
    const other = await storedEnvironment(
      knex,
      environments,
      'other',
      new Date('2026-11-01T00:00Z'),
    );
    await store.record(
      environmentId,
      look('2026-11-11T00:00Z', server('1', '2026-09-01T00:00Z')),
      1,
    );
    await store.record(other.id, look('2026-11-11T00:00Z', server('9')), 1);
    const during = (from: string, to: string) =>
      store.list(environmentId, { from: at(from), to: at(to) });

    expect(await during('2026-08-01T00:00Z', '2026-09-01T00:00Z')).toEqual([]);
    expect(await during('2026-08-01T00:00Z', '2026-09-01T00:01Z')).toHaveLength(
      1,
    );
    expect(await during('2027-01-01T00:00Z', '2027-02-01T00:00Z')).toHaveLength(
      1,
    );
    await store.record(environmentId, look('2026-12-01T00:00Z'), 0);
    expect(await during('2026-12-01T00:00Z', '2027-01-01T00:00Z')).toEqual([]);
  });

  it('tells an environment how many servers ran, by the youngest look', async () => {
    await store.record(environmentId, look('2026-11-12T00:00Z'), 3);
    await store.record(environmentId, look('2026-11-11T00:00Z'), 1);
    expect((await environments.find(environmentId))!.observed).toEqual({
      at: new Date('2026-11-12T00:00Z'),
      serversOn: 3,
    });
  });

  it('prices a month, the current one when none is asked for', async () => {
    const costs = new EnvironmentCosts({
      store,
      now: () => new Date('2026-11-11T00:00Z'),
    });
    const prod = { id: environmentId, name: 'prod' };
    expect(await costs.ofMonth(prod)).toEqual({
      environment: 'prod',
      environmentId,
      month: '2026-11',
      until: '2026-11-11T00:00:00.000Z',
      lines: [],
      totals: [],
    });

    await store.record(
      environmentId,
      look('2026-11-10T12:00Z', server('1')),
      1,
    );
    const cost = await costs.ofMonth(prod);
    expect(cost.recordedSince).toBe('2026-11-10T00:00:00.000Z');
    expect(cost.totals).toEqual([
      { currency: 'EUR', total: '0.5952', forecast: '12.4992' },
    ]);
    expect(cost.lines).toMatchObject([
      { key: 'pool-web', days: [{ day: '2026-11-10', amount: '0.5952' }] },
    ]);
    expect((await costs.ofMonth(prod, '2026-10')).lines).toEqual([]);
  });
});
