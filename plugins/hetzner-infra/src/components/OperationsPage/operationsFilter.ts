import type {
  OperationGoal,
  OperationState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** States in the order of an operation's life; the order of the choices. */
export const STATES: readonly OperationState[] = [
  'awaiting-approval',
  'queued',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
];

/** What operations are asked for. */
export const GOALS: readonly OperationGoal[] = ['apply', 'remove'];

/** Which operations a reader wants to see; what is absent narrows nothing. */
export interface OperationsFilter {
  state?: OperationState;
  goal?: OperationGoal;
  /** Name of an environment, or its id. */
  environment?: string;
}

/** Reads the filter from an address. What no operation can have is ignored. */
export function readOperationsFilter(
  params: URLSearchParams,
): OperationsFilter {
  return {
    state: STATES.find(state => state === params.get('state')),
    goal: GOALS.find(goal => goal === params.get('goal')),
    environment: params.get('environment') || undefined,
  };
}

/** Writes a filter into an address and leaves what else it holds. */
export function writeOperationsFilter(
  filter: OperationsFilter,
  params: URLSearchParams,
): URLSearchParams {
  const after = new URLSearchParams(params);
  for (const name of ['state', 'goal', 'environment'] as const) {
    const value = filter[name];
    if (value) after.set(name, value);
    else after.delete(name);
  }
  return after;
}
