import { healthOf, type HealthFacts } from './healthOf';

const NOW = 1_795_000_000_000;

const facts = (change: Partial<HealthFacts> = {}): HealthFacts => ({
  now: NOW,
  database: { backlog: { due: 0, oldestSeconds: 0 } },
  runner: { lastTurnAt: NOW - 1000, isStopping: false },
  ...change,
});

const backlog = (due: number, oldestSeconds: number) => ({
  database: { backlog: { due, oldestSeconds } },
});

describe('healthOf', () => {
  it.each<[string, Partial<HealthFacts>, string[], string]>([
    [
      'all is well',
      {},
      ['ok', 'ok', 'ok', 'ok'],
      'This replica looks for work.',
    ],
    [
      'the database is away',
      { database: { problem: 'does not answer within 2 s' } },
      ['error', 'unknown', 'ok', 'unknown'],
      'The database does not answer within 2 s. No operation goes on until it does',
    ],
    [
      'operations wait, not for long',
      backlog(3, 120),
      ['ok', 'ok', 'ok', 'ok'],
      '3 due, the first for 120 s.',
    ],
    [
      'nobody takes an operation',
      backlog(1, 121.9),
      ['ok', 'error', 'ok', 'ok'],
      'An operation waits for a worker, the first for 121 s.',
    ],
    [
      'nobody takes operations',
      backlog(2, 600),
      ['ok', 'error', 'ok', 'ok'],
      '2 operations wait for a worker, the first for 600 s.',
    ],
    [
      'the loop is slow',
      { runner: { lastTurnAt: NOW - 120_000, isStopping: false } },
      ['ok', 'ok', 'ok', 'ok'],
      'This replica looks for work.',
    ],
    [
      'the loop is stuck',
      { runner: { lastTurnAt: NOW - 121_000, isStopping: false } },
      ['ok', 'ok', 'error', 'ok'],
      'has not come round for 121 s: it is stuck. Restart this replica',
    ],
    [
      'the replica starts',
      { runner: { isStopping: false } },
      ['ok', 'ok', 'ok', 'ok'],
      'This replica starts',
    ],
    [
      'the replica stops for long',
      { runner: { lastTurnAt: NOW - 500_000, isStopping: true } },
      ['ok', 'ok', 'ok', 'ok'],
      'This replica stops',
    ],
    [
      'a restored database waits to be confirmed',
      {
        database: {
          backlog: {
            due: 0,
            oldestSeconds: 0,
            restoration: {
              restoredAt: new Date(NOW),
              madeAt: new Date(NOW - 1000),
            },
          },
        },
      },
      ['ok', 'ok', 'ok', 'error'],
      'Nothing is applied or removed until somebody confirms it',
    ],
  ])('%s', (_case, change, statuses, words) => {
    const checks = healthOf(facts(change));
    expect(checks.map(({ status }) => status)).toEqual(statuses);
    expect(checks.map(({ message }) => message).join(' ')).toContain(words);
  });
});
