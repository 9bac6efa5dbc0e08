/** A piece of work on a time axis. Seconds since the axis begins. */
export interface LaneBar {
  id: string;
  lane: string;
  /** What the work is done on; its pieces stand in one row as long as they do not overlap. */
  track: string;
  start: number;
  end: number;
}

/** A lane and its rows, from top to bottom; the bars of a row from left to right. */
export interface Lane<B extends LaneBar> {
  id: string;
  rows: B[][];
}

/**
 * Puts bars in lanes and rows. A row belongs to a track and a track keeps its
 * place, in the order in which the bars are given: however long things take,
 * nothing moves to another row under the reader's hand, unless two pieces of
 * one track overlap. Lanes without bars are left out; lanes that `order` does
 * not name come last.
 */
export function layoutLanes<B extends LaneBar>(
  bars: readonly B[],
  order: readonly string[],
): Lane<B>[] {
  const lanes = new Map<string, Map<string, B[]>>(
    order.map(id => [id, new Map()]),
  );
  for (const bar of bars) {
    const tracks = lanes.get(bar.lane) ?? new Map<string, B[]>();
    lanes.set(bar.lane, tracks);
    tracks.set(bar.track, [...(tracks.get(bar.track) ?? []), bar]);
  }
  return [...lanes]
    .filter(([, tracks]) => tracks.size > 0)
    .map(([id, tracks]) => ({
      id,
      rows: [...tracks.values()].flatMap(packRows),
    }));
}

/** First fit: a bar takes the first row that is free when it starts. */
function packRows<B extends LaneBar>(bars: readonly B[]): B[][] {
  const rows: B[][] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const free = rows.find(row => row.at(-1)!.end <= bar.start);
    if (free) free.push(bar);
    else rows.push([bar]);
  }
  return rows;
}

/** A time axis: `ticks` from 0 in equal steps, the last one at `span`. Seconds. */
export interface Axis {
  span: number;
  ticks: number[];
}

/** Steps that people count in. Seconds. */
const TICK_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200,
  86400,
];

const MOST_INTERVALS = 8;

/** An axis that is long enough and ends on a tick, so that it grows in few steps and not with each second. */
export function axisFor(seconds: number): Axis {
  const longest = TICK_STEPS[TICK_STEPS.length - 1];
  const step =
    TICK_STEPS.find(candidate => seconds / candidate <= MOST_INTERVALS) ??
    longest * Math.ceil(seconds / longest / MOST_INTERVALS);
  const intervals = Math.max(1, Math.ceil(seconds / step));
  return {
    span: intervals * step,
    ticks: Array.from({ length: intervals + 1 }, (_, index) => index * step),
  };
}

/** Where a bar's words stand: behind it, before it, or nowhere because another bar follows in its row. */
export type LabelPlace = 'after' | 'before' | 'none';

/** From here on a bar ends too late for words behind it. Share of the axis. */
const ENDS_LATE = 0.75;

/** What words before a bar need. Share of the axis. */
const WORDS_SHARE = 0.3;

/**
 * Chooses the place of a bar's words among the bars of its row. There is some
 * room for them behind the end of the axis.
 */
export function labelPlace(
  row: readonly Pick<LaneBar, 'start' | 'end'>[],
  index: number,
  span: number,
): LabelPlace {
  if (index < row.length - 1) return 'none';
  const { start, end } = row[index];
  const freeFrom = index > 0 ? row[index - 1].end : 0;
  return end / span > ENDS_LATE && (start - freeFrom) / span >= WORDS_SHARE
    ? 'before'
    : 'after';
}
