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
 */
export function summarize(what, milliseconds, bytes) {
  const p95 = percentile(milliseconds, 0.95);
  return {
    what,
    requests: milliseconds.length,
    p50: percentile(milliseconds, 0.5),
    p95,
    max: Math.max(...milliseconds),
    bytes,
    goal: { p95: GOAL_MILLISECONDS, met: p95 <= GOAL_MILLISECONDS },
  };
}

/** One line of the report. */
export function describe({ what, p50, p95, max, bytes, goal }) {
  const ms = value => `${value.toFixed(1)} ms`.padStart(9);
  return [
    what.padEnd(34),
    `p50 ${ms(p50)}`,
    `p95 ${ms(p95)}`,
    `max ${ms(max)}`,
    `${(bytes / 1024).toFixed(0)} KiB`.padStart(9),
    goal.met ? 'goal met' : `goal of ${goal.p95} ms missed`,
  ].join('  ');
}
