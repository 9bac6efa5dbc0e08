import type {
  EnvironmentState,
  OperationState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

const TERMINAL: readonly OperationState[] = [
  'succeeded',
  'failed',
  'cancelled',
];

/** Whether an operation in this state will never change again. */
export function isTerminalState(state: OperationState | undefined): boolean {
  return state !== undefined && TERMINAL.includes(state);
}

/** Whether an environment is on its way to another state. */
export function isChanging(state: EnvironmentState): boolean {
  return state === 'creating' || state === 'changing' || state === 'removing';
}
