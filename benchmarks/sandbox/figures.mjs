/** Milliseconds for a page of servers at the 95th percentile, at most. */
const PAGE_GOAL_MS = 50;
/** Reads of one object a second, at least. */
const READS_GOAL = 100;
/** Memory of the process at its highest, at most. */
const MEMORY_GOAL_MIB = 300;

/**
 * The value below which a share of all lies.
 *
 * @param {number[]} values at least one
 * @param {number} share between 0 and 1
 */
export function percentile(values, share) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/**
 * What was measured, against the goals.
 *
 * @param {object} measured
 * @param {Record<string, number[]>} measured.durations milliseconds of each request, by what it was
 * @param {{ requests: number, seconds: number }} measured.reads of one object, many at once
 * @param {number} measured.memoryBytes highest resident memory
 */
export function figuresOf({ durations, reads, memoryBytes }) {
  const requests = Object.entries(durations).map(([title, values]) => ({
    title,
    count: values.length,
    medianMs: percentile(values, 0.5),
    p95Ms: percentile(values, 0.95),
  }));
  const readsPerSecond = reads.requests / reads.seconds;
  const memoryMib = memoryBytes / 2 ** 20;
  const pages = requests.filter(({ title }) => title.startsWith('page of'));
  const pageMs = Math.max(...pages.map(({ p95Ms }) => p95Ms));
  return {
    requests,
    readsPerSecond,
    memoryMib,
    goals: {
      reads: { goal: READS_GOAL, ratio: readsPerSecond / READS_GOAL },
      pages: { goal: PAGE_GOAL_MS, ratio: pageMs / PAGE_GOAL_MS },
      memory: { goal: MEMORY_GOAL_MIB, ratio: memoryMib / MEMORY_GOAL_MIB },
    },
  };
}

/**
 * Figures in words, a line for each.
 *
 * @param {ReturnType<typeof figuresOf>} figures
 */
export function describeFigures({
  requests,
  readsPerSecond,
  memoryMib,
  goals,
}) {
  const ratio = ({ ratio: value }) => `${value.toFixed(2)} of the goal`;
  return [
    'Requests one after another       median      p95',
    ...requests.map(
      ({ title, count, medianMs, p95Ms }) =>
        `  ${`${title} (${count})`.padEnd(28)} ${medianMs
          .toFixed(1)
          .padStart(6)} ms ${p95Ms.toFixed(1).padStart(6)} ms`,
    ),
    `Slowest page at p95             ${ratio(goals.pages)} (${
      goals.pages.goal
    } ms at most)`,
    `Reads of one server             ${readsPerSecond.toFixed(0)}/s, ${ratio(
      goals.reads,
    )} (${goals.reads.goal}/s at least)`,
    `Memory at its highest           ${memoryMib.toFixed(0)} MiB, ${ratio(
      goals.memory,
    )} (${goals.memory.goal} MiB at most)`,
  ].join('\n');
}
