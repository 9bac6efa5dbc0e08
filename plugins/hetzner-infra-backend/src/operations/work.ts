import type {
  ActualResource,
  ChangeType,
  ResourceKind,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Clock } from '../clouds/clock';
import type { ReadContext, ResourceDriver } from '../resources/ResourceDriver';
import type { DesiredStates } from './DesiredStates';
import type { Hold, Operation } from './operation';
import type { OperationStore } from './OperationStore';

/** How patient the loop is. Seconds unless named otherwise. */
export interface Patience {
  /** How often one step may fail in passing before its failure counts as lasting. */
  attemptsPerStep: number;
  /** Longest pause before the second attempt; doubles with each further one. */
  basePauseSeconds: number;
  /** How long an operation is put off when the provider does not answer. */
  unreachablePauseSeconds: number;
}

/** How one attempt at a step went. */
export type StepReport = {
  kind: ResourceKind;
  verb: ChangeType;
  outcome: 'succeeded' | 'failed' | 'interrupted';
  seconds: number;
};

/** Told of what the loop does, for metrics. Must not throw. */
export interface WorkReports {
  stepEnded(report: StepReport): void;
  /** Something is tried again, after a failure with this code. */
  retried(level: 'step' | 'operation', code: string): void;
}

/** What the loop is made of. */
export interface ReconcileDependencies {
  store: OperationStore;
  desiredStates: DesiredStates;
  driver<K extends ResourceKind>(kind: K): ResourceDriver<K>;
  observe(context: ReadContext): Promise<ActualResource[]>;
  clock: Clock;
  leaseMs: number;
  /** How long after its lease a worker's last call may still have an effect. */
  strayCallMs: number;
  patience: Patience;
  reports?: WorkReports;
}

/** One claimed operation while this worker has it. */
export interface Work {
  operation: Operation;
  hold: Hold;
  /** Resources with a change that was begun and is not known to be done, as `kind key`. */
  begun: Set<string>;
  /** Aborted when the lease is lost or the process stops. */
  signal: AbortSignal;
  /** Aborted when the aim changes; a new one belongs to each aim. */
  aimSignal(): AbortSignal;
}
