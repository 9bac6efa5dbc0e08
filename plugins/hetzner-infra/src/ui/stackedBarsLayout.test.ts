import fc from 'fast-check';
import { stackedBarsLayout, type BarSeries } from './stackedBarsLayout';

const series = (key: string, ...values: number[]): BarSeries => ({
  key,
  label: key,
  values,
});

describe('stackedBarsLayout', () => {
  it('stacks one series on the other, and leaves out what is nought', () => {
    const { columns } = stackedBarsLayout(
      [series('a', 1, 0), series('b', 3, 2)],
      3,
    );
    expect(columns).toEqual([
      [
        { series: 0, from: 0, to: 0.25 },
        { series: 1, from: 0.25, to: 1 },
      ],
      [{ series: 1, from: 0, to: 0.5 }],
      [],
    ]);
  });

  it.each<[number, number]>([
    [0, 4],
    [0.84, 1],
    [1.93, 2],
    [4, 4],
    [4.01, 8],
    [21.7, 40],
    [99, 100],
  ])('ends a chart of %p at %p', (value, top) => {
    const { ticks } = stackedBarsLayout([series('a', value)], 1);
    expect(ticks.at(-1)!.value).toBeCloseTo(top);
    expect(ticks[0]).toEqual({ value: 0, at: 0 });
  });

  it('never leaves the chart and never overlaps', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
            minLength: 5,
            maxLength: 5,
          }),
          { maxLength: 6 },
        ),
        all => {
          const { columns } = stackedBarsLayout(
            all.map((values, index) => series(String(index), ...values)),
            5,
          );
          for (const pieces of columns) {
            pieces.reduce((below, { from, to }) => {
              expect(from).toBe(below);
              expect(to).toBeLessThanOrEqual(1 + 1e-9);
              return to;
            }, 0);
          }
        },
      ),
    );
  });
});
