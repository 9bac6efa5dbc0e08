import { tableOf } from '../../scripts/table.mjs';
import { criticalPath } from './criticalPath.mjs';

/** Wall time as a multiple of the critical path, at most. */
const RATIO_GOAL = 1.15;

/** Calls of an operation on the example beside its polls, at most. */
export const SEED_CALLS_GOAL = 40;

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
 * @param {number} [operation.callsGoal] how many calls it may take; left out, there is no goal
 */
export function measure({
  startedAt,
  finishedAt,
  record,
  resources,
  callsGoal,
}) {
  const { milliseconds, steps } = criticalPath(record, resources);
  const wallSeconds = (finishedAt - startedAt) / 1000;
  const criticalSeconds = milliseconds / 1000;
  const polls = record.requests.filter(isPoll).length;
  const calls = record.requests.length - polls;
  const ratio = wallSeconds / criticalSeconds;
  const pollsGoal = Math.ceil(wallSeconds);
  const writes = record.requests.filter(({ method }) => method !== 'GET');
  return {
    wallSeconds,
    criticalSeconds,
    ratio,
    calls,
    writes: writes.length,
    polls,
    goals: {
      ratio: { goal: RATIO_GOAL, met: ratio <= RATIO_GOAL },
      ...(callsGoal && {
        calls: { goal: callsGoal, met: calls <= callsGoal },
      }),
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

/** The figures of a measurement that are worth comparing. */
export const figuresOf = ({
  wallSeconds,
  criticalSeconds,
  ratio,
  calls,
  writes,
  polls,
  goals,
}) => ({ wallSeconds, criticalSeconds, ratio, calls, writes, polls, goals });

/**
 * Measurements side by side.
 *
 * @param {Record<string, ReturnType<typeof measure>>} measurements by their titles
 */
export function tableOfMeasurements(measurements) {
  const all = Object.values(measurements);
  const row = (title, cell) => [title, ...all.map(cell)];
  const verdict = name => one => {
    const goal = one.goals[name];
    return goal ? `${goal.goal}: ${goal.met ? 'met' : 'MISSED'}` : '';
  };
  return tableOf([
    ['', ...Object.keys(measurements)],
    row('wall time', one => seconds(one.wallSeconds)),
    row('critical path', one => seconds(one.criticalSeconds)),
    row('ratio', one => one.ratio.toFixed(2)),
    row('  goal', verdict('ratio')),
    row('API calls', one => one.calls),
    row('  goal', verdict('calls')),
    row('  writes among them', one => one.writes),
    row('polls', one => one.polls),
    row('  goal', verdict('polls')),
  ]);
}

/**
 * Where the time of a measurement went, a line for each step and route.
 *
 * @param {string} title
 * @param {ReturnType<typeof measure>} measurement
 */
export function describeMeasurement(title, measurement) {
  return [
    `${title}: longest chain, with the time that passed before each step`,
    ...measurement.criticalPath.map(
      step =>
        `  ${seconds(step.seconds).padStart(8)}  after ${seconds(
          step.idleSeconds,
        )}  ${step.title}`,
    ),
    `            after ${seconds(measurement.idleAtEndSeconds)}  the end`,
    `${title}: requests`,
    ...Object.entries(measurement.requestsByRoute)
      .sort(([, a], [, b]) => b - a)
      .map(([route, count]) => `  ${String(count).padStart(8)}  ${route}`),
  ].join('\n');
}
