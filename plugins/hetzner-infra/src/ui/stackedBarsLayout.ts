/** One line of a chart: a value for each column, none of them negative. */
export interface BarSeries {
  key: string;
  label: string;
  values: readonly number[];
}

/** A piece of a column. Shares of the chart's height, measured from the bottom. */
export interface BarPiece {
  /** Place of its series, from 0. */
  series: number;
  from: number;
  to: number;
}

/** Where everything of a chart stands, in shares of its height. */
export interface BarsLayout {
  /** One list of pieces for each column, from the bottom up; a nought has none. */
  columns: BarPiece[][];
  /** Values at which lines are drawn, with their height; the highest is the top. */
  ticks: { value: number; at: number }[];
}

const TICKS = 4;

/** Stacks series into columns under a round maximum. Pure. */
export function stackedBarsLayout(
  series: readonly BarSeries[],
  columns: number,
): BarsLayout {
  const totals = Array.from({ length: columns }, (_, column) =>
    series.reduce((total, { values }) => total + (values[column] ?? 0), 0),
  );
  const step = roundUp(Math.max(...totals, 0) / TICKS);
  const top = step * TICKS;
  return {
    columns: totals.map((_, column) => {
      let from = 0;
      return series.flatMap(({ values }, index): BarPiece[] => {
        const value = values[column] ?? 0;
        if (value <= 0) return [];
        const piece = { series: index, from, to: from + value / top };
        from = piece.to;
        return [piece];
      });
    }),
    ticks: Array.from({ length: TICKS + 1 }, (_, index) => ({
      value: index * step,
      at: index / TICKS,
    })),
  };
}

/** Steps that people read without calculating. */
const ROUND = [1, 2, 2.5, 5, 10];

/** The next round number at or above, such as 0.25 for 0.21; 1 for nought. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  // A little room for what floating point adds.
  const factor = ROUND.find(of => of * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}
