import fc from 'fast-check';
import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';
import { nextBackupAfter } from './dailyBackups';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const DAY_MS = 1000 * DAY_SECONDS;

/** Hours since 22:00 UTC. */
const hoursIntoWindow = (time: number) =>
  (((time % DAY_MS) + DAY_MS) / 3_600_000 - 22) % 24;

describe('the instant of the next backup', () => {
  it('is within a day, in the window, and the same each day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 3e12 }),
        fc.integer(),
        (server, after, seed) => {
          const next = nextBackupAfter(server, after, seed);
          expect(next).toBeGreaterThan(after);
          expect(next).toBeLessThanOrEqual(after + DAY_MS);
          expect(hoursIntoWindow(next)).toBeLessThan(4);
          expect(nextBackupAfter(server, next, seed)).toBe(next + DAY_MS);
        },
      ),
    );
  });
});

describe('daily backups', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    test.change({ speed: 1000 });
  });
  afterEach(() => test.dispose());

  const server = (): number => {
    const answer = test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
      },
    );
    test.pass(1);
    return answer.server.id;
  };
  const act = (action: string, id: number) => {
    test.call(`POST /servers/{id}/actions/${action}` as Route, { id });
    test.pass(1);
  };
  const backups = () =>
    [...test.cloud.project('test').images.values()].filter(
      ({ type }) => type === 'backup',
    );

  it('are made each day in the window while they are on, and seven are kept', () => {
    const id = server();
    act('enable_backup', id);
    test.pass(3 * DAY_SECONDS);
    const made = backups();
    expect(made).toHaveLength(3);
    for (const backup of made) {
      expect(hoursIntoWindow(backup.created)).toBeLessThan(4);
      expect(backup).toMatchObject({ boundTo: id, status: 'available' });
    }
    expect(
      test.call('GET /servers/{id}/actions', { id }).actions,
    ).toContainEqual(
      expect.objectContaining({ command: 'create_image', status: 'success' }),
    );
    test.pass(7 * DAY_SECONDS);
    expect(backups()).toHaveLength(7);
    expect(backups().map(each => each.id)).not.toContain(made[0].id);
    act('disable_backup', id);
    test.pass(3 * DAY_SECONDS);
    expect(backups()).toEqual([]);
  });

  it('wait while something else runs on the server', () => {
    const id = server();
    act('enable_backup', id);
    const stored = test.cloud.project('test').servers.get(id)!;
    test.change({ speed: 1 });
    const due = stored.nextBackup!;
    test.pass((due - test.clock.now()) / 1000 - 1);
    test.call('POST /servers/{id}/actions/create_image', { id });
    test.pass(5);
    expect(backups()).toEqual([]);
    test.pass(HOUR_SECONDS);
    expect(backups()).toHaveLength(1);
    expect(backups()[0].created).toBeCloseTo(due + 10 * 60_000);
  });

  it('go on after a restart, and one that was missed is made once', async () => {
    const id = server();
    act('enable_backup', id);
    await test.restart();
    test.pass(DAY_SECONDS);
    expect(backups()).toHaveLength(1);
  });
});
