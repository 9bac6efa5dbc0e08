import type {
  EnvironmentState,
  OperationGoal,
  OperationState,
} from './schema/openapi';

/** Topic of the events service on which the backend tells other backend plugins of environments. */
export const ENVIRONMENT_EVENT_TOPIC = 'hetzner-infra.environment';

/**
 * Payload of {@link ENVIRONMENT_EVENT_TOPIC}: an environment or its operation
 * has a new state. Events may come late, twice or in another order: read the
 * environment by its name before acting on one.
 */
export interface EnvironmentEvent {
  /** Id of the environment; a later one of the same name has another. */
  id: string;
  name: string;
  /** Entity reference. */
  owner: string;
  state: EnvironmentState;
  /** The revision that is wanted. */
  revision: number;
  /** The operation that works on it, or else its youngest. */
  operation?: { id: string; goal: OperationGoal; state: OperationState };
}

/** Channel of the signals service on which browsers learn that they should read again. */
export const CHANGE_SIGNAL_CHANNEL = 'hetzner-infra';

/**
 * A message on {@link CHANGE_SIGNAL_CHANNEL}. Channels have no permissions and
 * reach whoever opens the socket, so it carries ids of environments and nothing
 * else that names something. Both lists are empty when nothing else changed: the backend says so every
 * {@link SIGNAL_PULSE_SECONDS}, which is how a browser knows that its socket works.
 */
export interface ChangeSignal {
  /** Environments of which state, revision or operation is another. */
  environments: string[];
  /** Environments of which resources were made, changed or removed. */
  resources: string[];
  /** Present when a connection was added, changed, checked or deleted; their names are not for everybody. */
  connections?: true;
}

/** How often the backend sends a signal at least: its absence is noticed within seconds. */
export const SIGNAL_PULSE_SECONDS = 3;
