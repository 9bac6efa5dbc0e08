import type { Cloud } from '../hetzner/cloud';
import type { RequestMatch } from '../hetzner/faults/requestMatch';
import type { Holds } from '../hetzner/holds';
import type { ControlState } from './controlState';
import { escape, table, tableOr } from './html';

const button = (label: string) => `<button>${escape(label)}</button>`;
const form = (action: string, content: string) =>
  `<form method="post" action="/controls/${action}">${content}</form>`;
const field = (label: string, attributes: string) =>
  `<label>${escape(label)} <input ${attributes}></label>`;

function matchText(match: RequestMatch): string {
  const parts = Object.entries(match).map(([key, value]) => `${key} ${value}`);
  return parts.join(', ') || 'every request';
}

const effectText = (effect: unknown) =>
  typeof effect === 'string' ? effect : JSON.stringify(effect);

function clockSection({ clock, runner, settings }: Cloud): string {
  const isManual = clock.state.mode === 'manual';
  return `<h2>Clock</h2>
${table(
  ['Clock', ''],
  [
    ['Time', new Date(clock.now()).toISOString()],
    ['Runs', isManual ? 'only when it is advanced' : 'by itself'],
    ['Speed', `${settings.speed} times real time`],
    ['Running actions', runner.runningCount()],
  ],
)}
${form(
  'clock',
  `${field(
    'Speed',
    `name="speed" type="number" min="0.1" step="any" value="${settings.speed}"`,
  )} ${button('Set')}`,
)}
${form(
  'clock',
  `${field(
    'Seconds of the cloud',
    'name="advanceSeconds" type="number" min="0" value="60"',
  )} ${button('Advance')}`,
)}
${form(
  'clock',
  `<input type="hidden" name="mode" value="${
    isManual ? 'running' : 'manual'
  }">${button(isManual ? 'Let it run' : 'Stop it')}`,
)}`;
}

function faultsSection({ faults, plans }: ControlState, holds: Holds): string {
  return `<h2>Faults</h2>
${tableOr(
  'Nothing is told to fail.',
  ['Rule', 'Requests', 'Passes by', 'Times left', 'Effect'],
  faults.map(({ id, match, nth, times, effect }) => [
    id,
    matchText(match),
    nth - 1,
    times ?? 'always',
    effectText(effect),
  ]),
)}
${tableOr(
  'Nothing fails at random.',
  ['Plan', 'Requests', 'Seed', 'Share', 'Kinds'],
  plans.map(({ id, match, seed, rate, kinds }) => [
    id,
    matchText(match),
    seed,
    rate,
    kinds.join(', '),
  ]),
)}
${tableOr(
  'No request is held.',
  ['Hold', 'Requests', 'Which', 'When', 'State'],
  holds
    .list()
    .map(({ id, match, nth, when, state, call }) => [
      id,
      matchText(match),
      call?.key ?? `number ${nth}`,
      `${when} its effect`,
      state,
    ]),
)}
${form('faults', button('Take all rules and plans away'))}`;
}

function capacitySection(cloud: Cloud): string {
  const { unavailable, deprecations } = cloud.settings;
  return `<h2>Capacity</h2>
${tableOr(
  'Every type can be had everywhere.',
  ['Server type', 'Location', 'Left', 'Comes back'],
  [
    ...cloud.capacity.map(
      ({ serverType, location, left, recoversAfterSeconds }) => [
        serverType,
        location,
        left,
        recoversAfterSeconds === null
          ? 'never'
          : `${recoversAfterSeconds} s after the last`,
      ],
    ),
    ...unavailable.map(({ serverType, location }) => [
      serverType,
      location,
      0,
      'by setting',
    ]),
    ...deprecations.map(({ serverType, location, unavailableAfter }) => [
      serverType,
      location,
      `until ${unavailableAfter}`,
      'never',
    ]),
  ],
)}
${form(
  'capacity',
  `${field('Server type', 'name="serverType" value="cx23" required')}
${field('Location', 'name="location" value="fsn1" required')}
${field('Left', 'name="left" type="number" min="0" value="0"')}
${field(
  'Comes back after seconds',
  'name="recoversAfterSeconds" type="number" min="1"',
)}
${button('Limit')}`,
)}
${form('capacity-reset', button('Take all limits away'))}`;
}

/** What can be steered: clock, faults and capacity, with forms for the simple things. */
export const controlsSection = (
  cloud: Cloud,
  control: ControlState,
  holds: Holds,
): string =>
  [
    clockSection(cloud),
    faultsSection(control, holds),
    capacitySection(cloud),
  ].join('\n');
