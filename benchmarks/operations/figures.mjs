import { tableOf } from '../../scripts/table.mjs';

/**
 * What a process used in a phase, as probe.cjs tells it.
 * @typedef {object} Usage
 * @property {number} seconds
 * @property {number} rssPeakMib
 * @property {number} cpuSeconds
 * @property {number} delayP50Ms delay of the event loop; about 10 ms is none, see the docs
 * @property {number} delayP99Ms
 * @property {number} delayMaxMs
 */

const COLUMNS = [
  ['length', ({ seconds }) => `${seconds.toFixed(1)} s`],
  ['memory', ({ rssPeakMib }) => `${rssPeakMib.toFixed(0)} MiB`],
  ['CPU', ({ cpuSeconds }) => `${cpuSeconds.toFixed(1)} s`],
  [
    'of a core',
    ({ cpuSeconds, seconds }) =>
      `${((100 * cpuSeconds) / seconds).toFixed(0)} %`,
  ],
  ['delay p50', ({ delayP50Ms }) => `${delayP50Ms.toFixed(0)} ms`],
  ['p99', ({ delayP99Ms }) => `${delayP99Ms.toFixed(0)} ms`],
  ['max', ({ delayMaxMs }) => `${delayMaxMs.toFixed(0)} ms`],
];

/**
 * A busy and an idle process side by side, phase by phase.
 *
 * @param {Record<string, { busy: Usage, idle: Usage }>} phases
 */
export function tableOfUsage(phases) {
  return tableOf([
    ['', ...COLUMNS.map(([title]) => title)],
    ...Object.entries(phases).flatMap(([phase, both]) =>
      Object.entries(both).map(([who, usage]) => [
        `${phase}, ${who}`,
        ...COLUMNS.map(([, cell]) => cell(usage)),
      ]),
    ),
  ]);
}

/**
 * What the operations of a phase cost above what an idle backend uses meanwhile.
 *
 * @param {{ busy: Usage, idle: Usage }} phase
 * @param {number} operations
 */
export function costOf({ busy, idle }, operations) {
  const cpuSeconds = busy.cpuSeconds - idle.cpuSeconds;
  return {
    memoryMib: busy.rssPeakMib - idle.rssPeakMib,
    cpuSeconds,
    cpuSecondsEach: cpuSeconds / operations,
  };
}
