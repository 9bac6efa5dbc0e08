import type { Approval } from './approval';
import type {
  ChangeSubject,
  ChangeType,
  OperationError,
  OperationEventTypeEnum,
  OperationGoal,
  OperationPurpose,
  OperationState,
  OperationStep,
  Phrase,
  ProviderAction,
  ProviderCall,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/**
 * What the loop works toward right now.
 *
 * It starts as the operation's goal and revision. A cancel, or a failed create
 * that is undone, changes the aim and leaves goal and revision as the record of
 * what was asked:
 *
 * - `apply`: the environment shall be as `revision` says,
 * - `remove`: nothing of the environment shall be left,
 * - `stop`: start nothing more, wait for what is in flight, finish.
 */
export type Aim =
  | { kind: 'apply'; revision: number }
  | { kind: 'remove' }
  | { kind: 'stop' };

/** What was chosen when the operation was submitted. */
export type OperationOptions = {
  /** What a removal does with data volumes and buckets. */
  data?: 'keep' | 'delete';
  /** The bucket that a removal deletes with the data in it; its name is the confirmation. */
  bucket?: string;
  /** What happens to what was made when a create fails; `undo` when absent. */
  onFailure?: 'undo' | 'keep';
  /** Monthly net total, decimal, above which the request was to be refused. */
  maxMonthly?: string;
  /** Whether servers change their type in place, because the project had no room for successors. */
  inPlace?: boolean;
  /** Whose approval it needs or had, and at which price. */
  approval?: Approval;
  /** The failed operation that this one repeats. */
  retryOf?: string;
  /** What the repeated operation was to the environment; see `purposeOf`. */
  purpose?: OperationPurpose;
};

/** One operation as it is stored. Times are those of the worker that wrote them. */
export type Operation = {
  id: string;
  environmentId: string;
  goal: OperationGoal;
  /** The revision that was asked for; for a removal the current one. */
  revision: number;
  /**
   * The revision that was wanted before: absent for a create, the same for a
   * repair. A queued operation that is cancelled goes back to it.
   */
  previousRevision?: number;
  aim: Aim;
  state: OperationState;
  /** Entity reference of the person or service that asked. */
  initiator: string;
  requestId?: string;
  options: OperationOptions;
  /** The diagnosis; set before a failed create is undone, so it survives a restart. */
  error?: OperationError;
  /** How often a worker has claimed it. */
  attempts: number;
  /** When a lease was last taken from a worker that had not given it back. */
  takenOverAt?: Date;
  createdAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
};

/**
 * The right to work on one operation: every write of a worker names it.
 *
 * `aim` is what the worker believes it works toward. When somebody cancels, the
 * stored aim moves on and what would start something new is refused with
 * {@link AimChangedError}; what ends something is still recorded.
 */
export type Hold = {
  operationId: string;
  /** Random per claim. */
  lease: string;
  aim: Aim;
};

/** A step that a plan contains, before it is a row. `key` and `change` name it within its operation. */
export type PlannedStep = {
  key: string;
  kind: string;
  change: ChangeType;
  /** The step as a sentence. */
  title: string;
  /** What stands in the sentence. */
  subject?: ChangeSubject;
  /** Names (see `stepName`) of the steps that have to be done before it. */
  needs?: readonly string[];
};

/** What tells a step from the others of its operation. */
export function stepName(step: { key: string; change: ChangeType }): string {
  return `${step.change} ${step.key}`;
}

/** A step as it is stored. */
export type Step = Omit<
  OperationStep,
  'startedAt' | 'finishedAt' | 'consoleUrl'
> & {
  startedAt?: Date;
  finishedAt?: Date;
};

/** What was seen of the provider while a step ran. */
export type StepDetails = {
  /** Id of its resource at the provider. */
  providerId?: string;
  /** An action that was told before is replaced. */
  providerActions: readonly ProviderAction[];
  calls: readonly ProviderCall[];
};

/** One line of an operation's history. `seq` grows within an operation in the order of commits. */
export type StoredEvent = {
  seq: number;
  operationId: string;
  type: OperationEventTypeEnum;
  at: Date;
  /** For type `log`: a sentence. */
  message?: string;
  /** The sentence by what it says, where it is one of the portal's own. */
  phrase?: Phrase;
  /** The step that the sentence is about. */
  stepId?: string;
  /** For type `operation`: the operation as it became. */
  operation?: Operation;
  /** For type `step`: the step as it became. */
  step?: Step;
};

/**
 * What an operation is to its environment. A first revision is a creation, the
 * same revision again puts right what drifted. One that repeats another is
 * what that one was.
 */
export function purposeOf(
  operation: Pick<
    Operation,
    'goal' | 'revision' | 'previousRevision' | 'options'
  >,
): OperationPurpose {
  const { goal, revision, previousRevision, options } = operation;
  if (goal === 'remove') return 'remove';
  if (options.purpose) return options.purpose;
  if (previousRevision === undefined) return 'create';
  return previousRevision === revision ? 'reconcile' : 'change';
}

/** States from which nothing follows. */
export const terminalStates: readonly OperationState[] = [
  'succeeded',
  'failed',
  'cancelled',
];

/** Whether nothing follows from a state any more. */
export function isTerminal(state: OperationState): boolean {
  return terminalStates.includes(state);
}

/** Whether two aims are the same. */
export function isSameAim(a: Aim, b: Aim): boolean {
  if (a.kind === 'apply' && b.kind === 'apply') {
    return a.revision === b.revision;
  }
  return a.kind === b.kind;
}

/** Another worker has the operation, or it is finished: the caller must stop and write nothing. */
export class LeaseLostError extends Error {
  readonly name = 'LeaseLostError';

  constructor(readonly operationId: string) {
    super(`The lease of operation ${operationId} is no longer held`);
  }
}

/** The operation works toward something else now: plan afresh with the new aim. */
export class AimChangedError extends Error {
  readonly name = 'AimChangedError';

  constructor(readonly operationId: string, readonly aim: Aim) {
    super(`Operation ${operationId} has a new aim: ${aim.kind}`);
  }
}
