import {
  scheduleSteps,
  type Operation,
  type OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isTerminalState } from '../../api/operationStates';
import {
  axisFor,
  layoutLanes,
  type Axis,
  type Lane,
  type LaneBar,
} from '../../ui/lanesLayout';
import { originOf } from './operationSummary';

/** The lanes from top to bottom. A kind that has no lane yet goes to `other`. */
export const LANES = [
  'network',
  'controlPlane',
  'workers',
  'loadBalancer',
  'other',
] as const;

/** One of the lanes. */
export type LaneId = (typeof LANES)[number];

const LANE_OF_KIND: Readonly<Record<string, LaneId>> = {
  network: 'network',
  'ssh-key': 'network',
  firewall: 'network',
  'placement-group': 'network',
  certificate: 'loadBalancer',
  'load-balancer': 'loadBalancer',
};

/** The lane of a step. Servers of the control plane are known by their key. */
export function laneOf({ kind, key }: Pick<OperationStep, 'kind' | 'key'>) {
  if (kind === 'server') {
    return key.startsWith('control-plane-') ? 'controlPlane' : 'workers';
  }
  return LANE_OF_KIND[kind] ?? 'other';
}

/** A step on the axis. */
export interface StepBar extends LaneBar {
  lane: LaneId;
  step: OperationStep;
  /** Up to here it ran; from here to its end it is expected to. Seconds. */
  doneUntil: number;
}

/** The steps of an operation as lanes, and the axis that they stand on. */
export interface OperationLanes {
  lanes: (Lane<StepBar> & { id: string })[];
  axis: Axis;
  /** The present on the axis, in seconds; absent once the operation has ended. */
  now?: number;
}

/**
 * Draws an operation from its rows: what ran where it ran, what runs up to now
 * and on to its usual end, what waits where it is expected. Steps that were
 * skipped before they began are not drawn. `now` is in milliseconds since 1970.
 */
export function operationLanes(
  operation: Pick<
    Operation,
    'state' | 'steps' | 'createdAt' | 'startedAt' | 'finishedAt'
  >,
  now: number,
): OperationLanes {
  const origin = originOf(operation);
  const hasEnded = isTerminalState(operation.state);
  const times = scheduleSteps(
    operation.steps,
    origin,
    hasEnded ? undefined : now,
  );
  const nowSeconds = Math.max(0, (now - origin) / 1000);
  const bars = operation.steps.flatMap((step): StepBar[] => {
    const time = times.get(step.id);
    if (!time) return [];
    const { start, end } = time;
    return [
      {
        id: step.id,
        lane: laneOf(step),
        track: trackOf(step),
        start: Math.max(0, start),
        end: Math.max(0, end),
        doneUntil: doneUntil(step, Math.max(0, start), end, nowSeconds),
        step,
      },
    ];
  });
  const last = Math.max(
    0,
    ...bars.map(({ end }) => end),
    hasEnded ? 0 : nowSeconds,
  );
  return {
    lanes: layoutLanes(bars, LANES),
    axis: axisFor(last),
    ...(!hasEnded && { now: nowSeconds }),
  };
}

function doneUntil(
  { state, startedAt }: OperationStep,
  start: number,
  end: number,
  now: number,
): number {
  if (state === 'running') return Math.min(end, Math.max(start, now));
  // A step that waits for another attempt has begun, and not run since anybody knows when.
  return state === 'waiting' || !startedAt ? start : end;
}

/** A removal of an elder generation (`web-1-g1`) is work on the same thing. */
function trackOf({ kind, key }: OperationStep): string {
  return `${kind} ${key.replace(/-g\d+$/, '')}`;
}
