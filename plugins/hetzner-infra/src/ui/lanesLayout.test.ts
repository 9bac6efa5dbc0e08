import {
  axisFor,
  labelPlace,
  layoutLanes,
  type LabelPlace,
  type LaneBar,
} from './lanesLayout';

const ORDER = ['network', 'workers'];

/** `workers web-1 5-20` as a bar. */
const bar = (words: string): LaneBar => {
  const [lane, track, times] = words.split(' ');
  const [start, end] = times.split('-').map(Number);
  return { id: words, lane, track, start, end };
};

describe('layoutLanes', () => {
  it.each<[string, string[], [string, string[][]][]]>([
    ['leaves out lanes without bars', [], []],
    [
      'keeps the order of the lanes, and of the tracks as they are given',
      ['workers web-2 9-20', 'workers web-1 5-20', 'network network 0-3'],
      [
        ['network', [['network network 0-3']]],
        ['workers', [['workers web-2 9-20'], ['workers web-1 5-20']]],
      ],
    ],
    [
      'puts what follows on the same thing in its row',
      ['workers web-1 5-20', 'workers web-2 5-9', 'workers web-1 20-25'],
      [
        [
          'workers',
          [
            ['workers web-1 5-20', 'workers web-1 20-25'],
            ['workers web-2 5-9'],
          ],
        ],
      ],
    ],
    [
      'gives what overlaps on the same thing a row of its own, beside it',
      ['workers web-1 5-20', 'workers web-2 0-1', 'workers web-1 12-25'],
      [
        [
          'workers',
          [
            ['workers web-1 5-20'],
            ['workers web-1 12-25'],
            ['workers web-2 0-1'],
          ],
        ],
      ],
    ],
    [
      'does not share a row between things, even if there is room',
      ['network a 0-1', 'network b 5-6'],
      [['network', [['network a 0-1'], ['network b 5-6']]]],
    ],
    [
      'puts a lane that nobody named last',
      ['elsewhere x 0-1', 'workers web-1 0-1'],
      [
        ['workers', [['workers web-1 0-1']]],
        ['elsewhere', [['elsewhere x 0-1']]],
      ],
    ],
  ])('%s', (_what, bars, lanes) => {
    expect(
      layoutLanes(bars.map(bar), ORDER).map(({ id, rows }) => [
        id,
        rows.map(row => row.map(one => one.id)),
      ]),
    ).toEqual(lanes);
  });
});

describe('axisFor', () => {
  it.each<[number, number[]]>([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [8.2, [0, 2, 4, 6, 8, 10]],
    [61, [0, 10, 20, 30, 40, 50, 60, 70]],
    [130, [0, 30, 60, 90, 120, 150]],
    [3 * 3600, [0, 1800, 3600, 5400, 7200, 9000, 10800]],
  ])('%d s has the ticks %j', (seconds, ticks) => {
    expect(axisFor(seconds)).toEqual({ ticks, span: ticks.at(-1) });
  });

  it('has few ticks, however long it takes', () => {
    for (const seconds of [9, 500, 7_000, 90_000, 9_000_000]) {
      const { ticks, span } = axisFor(seconds);
      expect(span).toBeGreaterThanOrEqual(seconds);
      expect(ticks.length).toBeLessThanOrEqual(9);
    }
  });
});

describe('labelPlace', () => {
  it.each<[string, [number, number][], LabelPlace]>([
    ['behind a bar that ends early', [[0, 10]], 'after'],
    ['before a bar that begins late', [[60, 95]], 'before'],
    ['behind a bar that takes all', [[10, 100]], 'after'],
    ['behind a bar that begins late and ends soon', [[50, 60]], 'after'],
    [
      'behind a bar that follows another closely',
      [
        [10, 50],
        [55, 95],
      ],
      'after',
    ],
    [
      'before a bar that follows another from afar',
      [
        [0, 10],
        [55, 95],
      ],
      'before',
    ],
  ])('is %s', (_what, times, place) => {
    const row = times.map(([start, end]) => ({ start, end }));
    expect(labelPlace(row, row.length - 1, 100)).toBe(place);
  });

  it('is nowhere when another bar follows', () => {
    const row = [
      { start: 0, end: 10 },
      { start: 60, end: 70 },
    ];
    expect(labelPlace(row, 0, 100)).toBe('none');
  });
});
