import {
  phrase,
  verbatim,
  type EnvironmentState,
  type NotCancellableCode,
  type OperationError,
  type OperationGoal,
  type OperationState,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Aim, Operation, OperationOptions } from './operation';

/** What the transitions need to know of an environment. */
export type EnvironmentStanding = {
  revision: number;
  appliedRevision?: number;
  /**
   * Whether what exists may be less than its last revision says: the last
   * operation that touched it failed or was stopped half-way.
   */
  isBroken?: boolean;
};

/** The state of an environment whose new operation was just queued. */
export function stateWhileWorking(
  goal: OperationGoal,
  { appliedRevision }: Pick<EnvironmentStanding, 'appliedRevision'>,
): EnvironmentState {
  if (goal === 'remove') {
    return 'removing';
  }
  return appliedRevision === undefined ? 'creating' : 'changing';
}

/** The state of an environment on which nothing works any more. */
export function stateAtRest({
  revision,
  appliedRevision,
  isBroken = false,
}: EnvironmentStanding): EnvironmentState {
  return revision === appliedRevision && !isBroken ? 'ready' : 'failed';
}

/** What a new operation meets: refused, the one that does the same already, or its place. */
export type Placement =
  | { kind: 'refused'; by: Operation }
  | { kind: 'repeated'; operation: Operation }
  | { kind: 'queued'; supersedes?: Operation };

/**
 * Decides whether an operation may be queued beside the unfinished ones of its
 * environment. A removal takes over from an apply; a second removal with the
 * same choices is the first one.
 */
export function placement(
  goal: OperationGoal,
  { data, bucket }: Pick<OperationOptions, 'data' | 'bucket'>,
  unfinished: readonly Operation[],
): Placement {
  const removal = unfinished.find(o => o.goal === 'remove');
  if (goal === 'remove' && removal) {
    const same =
      removal.options.data === data &&
      removal.options.bucket === bucket &&
      removal.state !== 'cancelling';
    return same
      ? { kind: 'repeated', operation: removal }
      : { kind: 'refused', by: removal };
  }
  const apply = unfinished.find(o => o.goal === 'apply');
  if (goal === 'apply' && (removal ?? apply)) {
    return { kind: 'refused', by: (removal ?? apply)! };
  }
  return { kind: 'queued', supersedes: apply };
}

/** What a cancel does to an operation. */
export type Cancellation =
  /** It is over, or is being undone already. */
  | { kind: 'unchanged' }
  | {
      kind: 'refused';
      code: Extract<
        NotCancellableCode,
        'has-succeeded' | 'has-failed' | 'deletion-has-begun'
      >;
      reason: string;
    }
  /** Nothing was touched: over at once. `backTo` absent: the environment goes with it. */
  | { kind: 'cancelled'; backTo?: number }
  /** A worker goes on with the new aim. */
  | { kind: 'cancelling'; aim: Aim };

/**
 * Decides what a cancel does. A create becomes a removal, a change goes back to
 * the revision that was reached last, a repair of that revision and a removal
 * stop.
 */
export function cancellation(
  operation: Operation,
  environment: EnvironmentStanding,
  removalHasBegun: boolean,
): Cancellation {
  switch (operation.state) {
    case 'succeeded':
    case 'failed':
      return {
        kind: 'refused',
        code: `has-${operation.state}`,
        reason: `it has ${operation.state}`,
      };
    case 'cancelled':
    case 'cancelling':
      return { kind: 'unchanged' };
    case 'queued':
    case 'awaiting-approval':
      return {
        kind: 'cancelled',
        backTo:
          operation.goal === 'remove'
            ? environment.revision
            : operation.previousRevision,
      };
    default:
  }
  if (operation.goal === 'remove') {
    return removalHasBegun
      ? {
          kind: 'refused',
          code: 'deletion-has-begun',
          reason: 'its first deletion has begun',
        }
      : { kind: 'cancelling', aim: { kind: 'stop' } };
  }
  if (operation.aim.kind === 'remove') {
    return { kind: 'unchanged' };
  }
  const { appliedRevision } = environment;
  if (appliedRevision === undefined) {
    return { kind: 'cancelling', aim: { kind: 'remove' } };
  }
  return {
    kind: 'cancelling',
    aim:
      appliedRevision === operation.revision
        ? { kind: 'stop' }
        : { kind: 'apply', revision: appliedRevision },
  };
}

/** What the end of an operation means for itself and for its environment. */
export type Outcome = {
  state: Extract<OperationState, 'succeeded' | 'failed' | 'cancelled'>;
  error?: OperationError;
  environment: {
    state: EnvironmentState;
    /** Set when a revision was reached. */
    appliedRevision?: number;
  };
};

/**
 * Decides how an operation ends.
 *
 * @param removalWaits - whether a removal is queued behind it; the environment
 *   stays `removing` then
 */
export function outcome(
  operation: Pick<Operation, 'aim' | 'state' | 'goal' | 'error'>,
  environment: EnvironmentStanding,
  ending: { reached: boolean; error?: OperationError },
  removalWaits: boolean,
): Outcome {
  const { aim } = operation;
  const cancelling = operation.state === 'cancelling';
  const undone = aim.kind === 'remove' && operation.goal === 'apply';

  let state: Outcome['state'] = cancelling ? 'cancelled' : 'succeeded';
  if (!ending.reached || (undone && !cancelling)) {
    state = 'failed';
  }

  const appliedRevision =
    ending.reached && aim.kind === 'apply' ? aim.revision : undefined;
  let after: EnvironmentState;
  if (ending.reached && aim.kind === 'remove') {
    after = 'removed';
  } else if (removalWaits) {
    after = 'removing';
  } else if (!ending.reached) {
    after = 'failed';
  } else {
    after = stateAtRest({
      revision: environment.revision,
      appliedRevision: appliedRevision ?? environment.appliedRevision,
      // Reaching a revision mends whatever was broken.
      isBroken: appliedRevision === undefined && environment.isBroken,
    });
  }
  return {
    state,
    error:
      state === 'failed'
        ? diagnosis(operation.error, ending.error)
        : operation.error,
    environment: { state: after, appliedRevision },
  };
}

/** Stands in a diagnosis between why an operation failed and why what it made is still there. */
const UNDOING_FAILED = 'Undoing it failed too:';

/** Whether an operation that failed left what it had made, because undoing it failed as well. */
export function undoingFailed({ error }: Pick<Operation, 'error'>): boolean {
  return error?.message.includes(UNDOING_FAILED) ?? false;
}

function diagnosis(
  first: OperationError | undefined,
  then: OperationError | undefined,
): OperationError {
  if (first && then) {
    return {
      ...first,
      message: `${first.message} ${UNDOING_FAILED} ${then.message}`,
      phrases: [
        ...phrasesOf(first),
        phrase('undoing-failed', {}, UNDOING_FAILED),
        ...phrasesOf(then),
      ],
    };
  }
  return (
    first ??
    then ?? {
      code: 'unknown',
      message: 'The operation ended without a reason.',
    }
  );
}

/** An error in parts; one that was stored by an older version has only its message. */
export function phrasesOf({ message, phrases }: OperationError): Phrase[] {
  return phrases ?? [verbatim(message)];
}
