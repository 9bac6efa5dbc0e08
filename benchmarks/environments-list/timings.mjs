/** Milliseconds that 95 of 100 requests may take. */
const GOAL_MILLISECONDS = 50;

/**
 * The value below which a share of the values lie, of values that are there.
 *
 * @param {number[]} values in any order, at least one
 * @param {number} share in (0, 1]
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1];
}

/**
 * How long the requests of one kind took, against the goal.
 *
 * @param {string} what
 * @param {number[]} milliseconds of each request
 * @param {number} bytes of one answer
 * @param {boolean} [hasGoal] what only stands beside for comparison has none
 */
export function summarize(what, milliseconds, bytes, hasGoal = true) {
  const p95 = percentile(milliseconds, 0.95);
  return {
    what,
    requests: milliseconds.length,
    p50: percentile(milliseconds, 0.5),
    p95,
    max: Math.max(...milliseconds),
    bytes,
    ...(hasGoal && {
      goal: { p95: GOAL_MILLISECONDS, met: p95 <= GOAL_MILLISECONDS },
    }),
  };
}

const ms = value => `${value.toFixed(1)} ms`;

/** Heads of the report's table. */
export const HEADS = ['', 'p50', 'p95', 'max', 'size', 'goal'];

/** One row of it. */
export const rowOf = ({ what, p50, p95, max, bytes, goal }) => [
  what,
  ms(p50),
  ms(p95),
  ms(max),
  `${(bytes / 1024).toFixed(0)} KiB`,
  goal ? `${goal.p95} ms: ${goal.met ? 'met' : 'MISSED'}` : '',
];
