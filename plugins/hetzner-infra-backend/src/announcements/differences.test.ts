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

const told = (...glances: Glance[]): Announced =>
  new Map(glances.map(each => [each.event.id, each]));

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
  ])('tells of %s', (_, before, now, expected) => {
    const { events, signal } = differences(told(...before), [now]);

    expect(events).toEqual(expected.state ? [now.event] : []);
    expect(signal).toEqual({
      environments: expected.state ? ['e1'] : [],
      resources: expected.resources ? ['e1'] : [],
    });
  });

  it('remembers what it told', () => {
    const { announced } = differences(told(), [glance()]);

    expect(differences(announced, [glance()]).events).toEqual([]);
  });

  it('forgets what is removed', () => {
    const { announced } = differences(told(glance()), [
      glance({ state: 'removed' }),
    ]);

    expect(announced.size).toBe(0);
  });

  it('puts no name and no owner into a signal', () => {
    const { signal } = differences(told(), [glance()]);

    expect(JSON.stringify(signal)).not.toMatch(/shop|group|platform/);
  });
});
