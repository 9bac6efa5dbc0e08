import { criticalPath } from './criticalPath.mjs';

/** Wall time as a multiple of the critical path, at most. */
const RATIO_GOAL = 1.15;

/** Calls of an operation beside its polls, at most. */
const CALLS_GOAL = 40;

/**
 * A poll asks what became of actions; one asks for many at once. All other
 * requests are calls.
 */
const isPoll = ({ method, path }) =>
  method === 'GET' && /^\/actions(\/|$)/.test(path);

function countByRoute(requests) {
  const counts = {};
  for (const { method, path } of requests) {
    const route = `${method} ${path.replace(/\/\d+/g, '/{id}')}`;
    counts[route] = (counts[route] ?? 0) + 1;
  }
  return counts;
}

/**
 * What an operation cost in time and in requests, against the goals.
 *
 * @param {object} operation
 * @param {number} operation.startedAt epoch milliseconds at which it was asked for
 * @param {number} operation.finishedAt epoch milliseconds at which it had succeeded
 * @param {{ requests: import('./criticalPath.mjs').RequestRecord[], actions: import('./criticalPath.mjs').ActionRecord[] }} operation.record
 * @param {import('./criticalPath.mjs').Resource[]} operation.resources that it created or removed
 */
export function measure({ startedAt, finishedAt, record, resources }) {
  const { milliseconds, steps } = criticalPath(record, resources);
  const wallSeconds = (finishedAt - startedAt) / 1000;
  const criticalSeconds = milliseconds / 1000;
  const polls = record.requests.filter(isPoll).length;
  const calls = record.requests.length - polls;
  const ratio = wallSeconds / criticalSeconds;
  const pollsGoal = Math.ceil(wallSeconds);
  return {
    wallSeconds,
    criticalSeconds,
    ratio,
    calls,
    polls,
    goals: {
      ratio: { goal: RATIO_GOAL, met: ratio <= RATIO_GOAL },
      calls: { goal: CALLS_GOAL, met: calls <= CALLS_GOAL },
      polls: { goal: pollsGoal, met: polls <= pollsGoal },
    },
    criticalPath: steps.map((step, index) => ({
      title: step.title,
      seconds: step.milliseconds / 1000,
      idleSeconds:
        (step.receivedAt - (steps[index - 1]?.endedAt ?? startedAt)) / 1000,
    })),
    idleAtEndSeconds:
      (finishedAt - (steps.at(-1)?.endedAt ?? startedAt)) / 1000,
    requestsByRoute: countByRoute(record.requests),
  };
}

const seconds = value => `${value.toFixed(1)} s`;
const verdict = ({ goal, met }) => `goal ${goal}: ${met ? 'met' : 'MISSED'}`;

/**
 * A measurement in words, a line for each figure.
 *
 * @param {string} title
 * @param {ReturnType<typeof measure>} measurement
 */
export function describeMeasurement(title, measurement) {
  const { wallSeconds, criticalSeconds, ratio, calls, polls, goals } =
    measurement;
  return [
    title,
    `  wall time      ${seconds(wallSeconds)}`,
    `  critical path  ${seconds(criticalSeconds)}`,
    `  ratio          ${ratio.toFixed(2)} (${verdict(goals.ratio)})`,
    `  API calls      ${calls} (${verdict(goals.calls)})`,
    `  polls          ${polls} (${verdict(goals.polls)})`,
    '  longest chain, with the time that passed before each step',
    ...measurement.criticalPath.map(
      step =>
        `    ${seconds(step.seconds).padStart(7)}  after ${seconds(
          step.idleSeconds,
        )}  ${step.title}`,
    ),
    `             after ${seconds(measurement.idleAtEndSeconds)}  the end`,
    '  requests',
    ...Object.entries(measurement.requestsByRoute)
      .sort(([, a], [, b]) => b - a)
      .map(([route, count]) => `    ${String(count).padStart(7)}  ${route}`),
  ].join('\n');
}
