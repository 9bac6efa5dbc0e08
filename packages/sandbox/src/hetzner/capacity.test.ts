import { settings } from '../settings';
import {
  availability,
  CapacityLimit,
  capacityLimit,
  limitCapacity,
  takeCapacity,
} from './capacity';

const NOW = Date.UTC(2026, 10, 23);
const defaults = settings.parse({ speed: 10 });

const limits = (...wishes: object[]): CapacityLimit[] =>
  wishes.map(wish => limitCapacity(capacityLimit.parse(wish), NOW));

describe('capacity', () => {
  it.each([
    ['cx23', 'fsn1', 'sold out'],
    ['cx23', 'nbg1', 'available'],
    ['cx33', 'hel1', 'disabled'],
    ['cax11', 'nbg1', 'sold out'],
  ])('of %s in %s: %s, by setting and by limit', (type, location, expected) => {
    const unavailable = [
      { serverType: 'cx23', location: 'fsn1' },
      { serverType: 'cax11', location: '*' },
      { serverType: '*', location: 'hel1' },
    ];
    const ask = (set: object[], limited: object[]) =>
      availability(
        settings.parse({ ...defaults, unavailable: set }),
        limits(...limited),
        type,
        location,
        NOW,
      );
    expect(ask(unavailable, [])).toBe(expected);
    expect(ask([], unavailable)).toBe(expected);
  });

  it('is used up by what is created, and by nothing else', () => {
    let left = limits({ serverType: 'cx23', location: 'fsn1', left: 2 });
    const state = () => availability(defaults, left, 'cx23', 'fsn1', NOW);
    const create = (type: string, location: string) => {
      left = takeCapacity(left, type, location, NOW, defaults.speed);
    };
    create('cx23', 'fsn1');
    create('cx33', 'fsn1');
    create('cx23', 'nbg1');
    expect([left[0].left, state()]).toEqual([1, 'available']);
    create('cx23', 'fsn1');
    expect([left[0].left, state()]).toEqual([0, 'sold out']);
  });

  it('comes back after its time, counted from when nothing was left', () => {
    const wish = {
      serverType: 'cx23',
      location: '*',
      left: 1,
      recoversAfterSeconds: 60,
    };
    const later = NOW + 3_600_000;
    const left = takeCapacity(limits(wish), 'cx23', 'fsn1', later, 10);
    const at = (now: number) =>
      availability(defaults, left, 'cx23', 'nbg1', now);
    expect(at(later + 5_999)).toBe('sold out');
    expect(at(later + 6_000)).toBe('available');
    expect(takeCapacity(left, 'cx23', 'nbg1', later + 6_000, 10)).toEqual([]);
  });

  it('ends with the type', () => {
    const retiring = settings.parse({
      deprecations: [
        {
          serverType: 'cx23',
          location: 'fsn1',
          announced: '2026-10-01T00:00:00Z',
          unavailableAfter: '2026-11-23T00:00:00Z',
        },
      ],
    });
    const at = (location: string, now: number) =>
      availability(retiring, [], 'cx23', location, now);
    expect(at('fsn1', NOW - 1)).toBe('available');
    expect(at('fsn1', NOW)).toBe('retired');
    expect(at('nbg1', NOW)).toBe('available');
  });
});
