import type { EnvironmentEvent } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { differences, type Announced, type Glance } from './differences';

const glance = (
  change: Partial<EnvironmentEvent> = {},
  endedSteps = 0,
): Glance => ({
  event: {
    id: 'e1',
    name: 'shop',
    owner: 'group:default/platform',
    state: 'creating',
    revision: 1,
    operation: { id: 'o1', goal: 'apply', state: 'running' },
    ...change,
  },
  endedSteps,
});

const now = Date.parse('2026-11-23T08:00:00Z');
const told = (...glances: Glance[]): Announced =>
  new Map(glances.map(each => [each.event.id, { ...each, at: now }]));

describe('differences', () => {
  it.each<[string, Glance[], Glance, { state: boolean; resources: boolean }]>([
    [
      'an environment that nobody was told of',
      [],
      glance(),
      { state: true, resources: true },
    ],
    [
      'the same again',
      [glance()],
      glance(),
      { state: false, resources: false },
    ],
    [
      'a step that ended',
      [glance()],
      glance({}, 1),
      { state: false, resources: true },
    ],
    [
      'an operation that is cancelled',
      [glance()],
      glance({ operation: { id: 'o1', goal: 'apply', state: 'cancelling' } }),
      { state: true, resources: false },
    ],
    [
      'the next operation',
      [glance()],
      glance({ operation: { id: 'o2', goal: 'apply', state: 'running' } }),
      { state: true, resources: true },
    ],
    [
      'another state',
      [glance()],
      glance({ state: 'ready' }),
      { state: true, resources: true },
    ],
    [
      'another revision',
      [glance()],
      glance({ revision: 2 }),
      { state: true, resources: false },
    ],
  ])('tells of %s', (_, before, found, expected) => {
    const { events, signal } = differences(told(...before), [found], now);

    expect(events).toEqual(expected.state ? [found.event] : []);
    expect(signal).toEqual({
      environments: expected.state ? ['e1'] : [],
      resources: expected.resources ? ['e1'] : [],
    });
  });

  it('remembers what it told', () => {
    const { announced } = differences(told(), [glance()], now);

    expect(differences(announced, [glance()], now).events).toEqual([]);
  });

  it('forgets what is removed', () => {
    const { announced } = differences(
      told(glance()),
      [glance({ state: 'removed' })],
      now,
    );

    expect(announced.size).toBe(0);
  });

  it('forgets what nothing was told of for an hour, also when another replica saw it removed', () => {
    const before = told(glance(), glance({ id: 'e2' }));
    const half = differences(before, [glance({ id: 'e2' })], now + 1_800_000);
    expect([...half.announced.keys()].sort()).toEqual(['e1', 'e2']);

    const hour = now + 3_600_000;
    const { announced } = differences(half.announced, [], hour);
    expect([...announced.keys()]).toEqual(['e2']);
    expect(differences(announced, [glance()], hour).events).toHaveLength(1);
  });

  it('puts no name and no owner into a signal', () => {
    const { signal } = differences(told(), [glance()], now);

    expect(JSON.stringify(signal)).not.toMatch(/shop|group|platform/);
  });
});
