import type {
  OperationError,
  OperationGoal,
  OperationState,
  Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { EnvironmentFilter } from '../database/ownerFilter';
import type { ApprovalOutcome } from './approval';
import type {
  Hold,
  Operation,
  OperationOptions,
  PlannedStep,
  Step,
  StepDetails,
  StoredEvent,
} from './operation';
import type { Cancellation } from './transitions';

/** What {@link OperationStore.claim} gives a worker. */
export type Claim = {
  operation: Operation;
  hold: Hold;
  /**
   * True when the lease was taken from a worker that did not give it back. That
   * worker may have a call in flight still, and the provider has no conditional
   * writes: observe once more when one lease period has passed since
   * `operation.takenOverAt`, even if this worker crashes and another goes on.
   */
  takenOver: boolean;
};

/** What {@link OperationStore.submit} stores. */
export type Submission = {
  environmentId: string;
  goal: 'apply' | 'remove';
  /** The revision to apply; for a removal the current one. */
  revision: number;
  /** The revision that was wanted before; absent for a create. A queued change that is cancelled goes back to it. */
  previousRevision?: number;
  /** Refused when another revision is wanted by now; not looked at unless given. */
  expectedRevision?: number;
  initiator: string;
  requestId?: string;
  /** Digest of the request; the same `requestId` with another digest is refused. */
  requestHash?: string;
  options: OperationOptions;
};

/** How an operation ended. State and environment follow from it, see `outcome` in transitions.ts. */
export type Ending = {
  /**
   * Whether the aim is reached: nothing differs any more (apply), nothing is
   * left (remove), nothing is in flight (stop).
   */
  reached: boolean;
  /** Why not; added to the diagnosis of a failed create that {@link OperationStore.undo} stored before. */
  error?: OperationError;
};

/**
 * The queue of operations, their steps and their history.
 *
 * **States.** `queued → running → succeeded | failed`; a cancel makes `queued`
 * `cancelled` at once, and `running` `cancelling`, which ends in `cancelled`
 * (or `failed`). `awaiting-approval` is never claimed.
 *
 * **One per environment.** An environment has at most one apply and at most one
 * removal that are not finished. An apply is refused while anything is
 * unfinished. A removal is accepted while an apply runs: that apply gets the aim
 * `stop` and the removal waits behind it, claimable only when the apply is
 * finished. Both rules are unique indexes too.
 *
 * **Leases.** A claimed operation carries a random lease until a time. Every
 * write of a worker is conditional on that lease, in the transaction that makes
 * it, and throws LeaseLostError when another worker took it, so a worker that
 * was suspended writes nothing. Times are the workers' clocks: they must agree
 * within a fraction of the lease period.
 *
 * **Events.** Each write changes the row and appends its event in one
 * transaction, after taking the operation's row lock. Within one operation `seq`
 * therefore grows in commit order and "everything after n" misses nothing.
 * Listeners of this process are woken after the commit.
 */
export interface OperationStore {
  /**
   * Stores an operation as `queued`, or `awaiting-approval` when its options say so, in the caller's transaction when one is
   * given (the environment's revision belongs to the same one; call
   * {@link OperationStore.wake} after the commit then).
   *
   * The same initiator, `requestId` and `requestHash` return the operation that
   * was stored before, with `repeated: true`.
   *
   * @throws ConflictError with `operationId` when another operation is in the
   *   way or came after the one that is tried again, or the `requestId` was
   *   used for another request.
   * @throws ConflictError when the environment is not at `expectedRevision`
   */
  submit(
    submission: Submission,
    now: Date,
    tx?: Knex.Transaction,
  ): Promise<{ operation: Operation; repeated: boolean }>;

  /**
   * The operation that the same request made before, for a caller who wants to
   * know before doing anything else.
   *
   * @throws ConflictError with `operationId` when the `requestId` was used for
   *   another request
   */
  findRequest(
    request: Pick<Submission, 'initiator' | 'requestId' | 'requestHash'>,
  ): Promise<Operation | undefined>;

  /** Wakes the workers and listeners of this process; for a commit made outside the store. */
  wake(operationId: string): void;

  /**
   * Claims the oldest operation that is due: queued, or running or cancelling
   * with no lease or an expired one, `nextAttemptAt` reached, and for a removal
   * no unfinished apply of its environment. Two claimers never get the same one.
   * A queued operation becomes `running`.
   */
  claim(options: {
    worker: string;
    leaseMs: number;
    now: Date;
  }): Promise<Claim | undefined>;

  /**
   * Keeps the lease until `until` and tells how the operation stands, which is
   * how a worker learns of a cancel that came in at another replica.
   *
   * @throws LeaseLostError
   */
  renew(hold: Hold, until: Date): Promise<Operation>;

  /**
   * The check directly before a call that changes the cloud. One read.
   *
   * @throws LeaseLostError when the lease is another's or has run out at `now`
   * @throws AimChangedError when the hold's aim is not the operation's any more
   */
  holds(hold: Hold, now: Date): Promise<void>;

  /**
   * Merges a plan into the step rows and returns all rows in order. A step that
   * is new is added as `waiting`; one that ended and is planned again waits
   * again; one that is unfinished and planned no more becomes `skipped`, or
   * `succeeded` when it ran (what it was for is there). Called on each round of
   * the loop; writes only what changed.
   *
   * Leave a step whose call is still in flight in the plan.
   *
   * @throws LeaseLostError, AimChangedError
   */
  planned(
    hold: Hold,
    steps: readonly PlannedStep[],
    now: Date,
  ): Promise<Step[]>;

  /**
   * A step starts: `running`, one attempt more.
   *
   * Write it before the call that it announces: a removal can be cancelled
   * until its first step has started, and this is where that is decided.
   *
   * @throws LeaseLostError, AimChangedError
   */
  stepStarted(hold: Hold, stepId: string, now: Date): Promise<void>;

  /**
   * Percent done of running steps; one transaction for a whole round of polling.
   * Writes only what changed.
   *
   * @throws LeaseLostError
   */
  stepProgress(
    hold: Hold,
    progress: ReadonlyArray<{ stepId: string; progress: number }>,
    now: Date,
  ): Promise<void>;

  /**
   * Adds what was seen of the provider to steps, by step id. No event follows
   * from it.
   *
   * @throws LeaseLostError
   */
  stepDetails(
    hold: Hold,
    details: ReadonlyMap<string, StepDetails>,
  ): Promise<void>;

  /** @throws LeaseLostError */
  stepFinished(hold: Hold, stepId: string, now: Date): Promise<void>;

  /** @throws LeaseLostError */
  stepFailed(
    hold: Hold,
    stepId: string,
    error: OperationError,
    now: Date,
  ): Promise<void>;

  /**
   * Adds a sentence to the history, about one step when its id is given.
   *
   * @throws LeaseLostError
   */
  log(
    hold: Hold,
    message: string,
    now: Date,
    about?: { stepId?: string; phrase?: Phrase },
  ): Promise<void>;

  /**
   * A create failed and is undone: stores the diagnosis and turns the aim to
   * `remove`. Returns the hold to go on with. The operation ends as `failed`.
   *
   * @throws LeaseLostError, AimChangedError
   */
  undo(hold: Hold, error: OperationError, now: Date): Promise<Hold>;

  /**
   * Ends the operation and gives the environment the state that follows, in one
   * transaction: `ready` with its applied revision, `removed` (its secrets are
   * deleted, its name is free), or `failed`.
   *
   * @throws LeaseLostError
   * @throws AimChangedError: somebody cancelled in between; go on with the new aim
   */
  finished(hold: Hold, ending: Ending, now: Date): Promise<Operation>;

  /**
   * Gives the lease back and tries again at `nextAttemptAt`, by any worker. Also
   * for a worker that shuts down with nothing in flight (`nextAttemptAt: now`).
   *
   * @throws LeaseLostError
   */
  postpone(
    hold: Hold,
    options: {
      nextAttemptAt: Date;
      reason: string;
      /** Whether it waits for another token. */
      awaitsToken?: boolean;
      now: Date;
    },
  ): Promise<void>;

  /**
   * Cancels. Queued: `cancelled` at once. Running: `cancelling`, with a new aim:
   * a create becomes a removal, a change goes back to the revision applied
   * before, a removal or a repair stops. Repeating it changes nothing.
   *
   * @throws NotFoundError
   * @throws ConflictError when it is finished, or is a removal whose first step has started
   */
  requestCancel(operationId: string, now: Date): Promise<Operation>;

  /**
   * Decides about an operation that waits for approval: `queued`, `cancelled`
   * with the reason, or waiting on. The decision is made under the lock of its
   * environment, so that two at once are one after the other.
   *
   * @throws NotFoundError
   */
  decideApproval(
    operationId: string,
    decide: (operation: Operation) => ApprovalOutcome,
    now: Date,
  ): Promise<{ operation: Operation; outcome: ApprovalOutcome }>;

  /**
   * What a cancel would do now. Changes nothing.
   *
   * @throws NotFoundError
   */
  previewCancel(operationId: string): Promise<Cancellation>;

  find(operationId: string): Promise<Operation | undefined>;

  /**
   * The steps of operations, by operation id, in the order of the plan.
   * `details: false` leaves out their calls and what the provider did.
   */
  steps(
    operationIds: readonly string[],
    options?: { details?: boolean },
  ): Promise<Map<string, Step[]>>;

  /** How many steps of operations have ended; an operation without any is absent. */
  endedSteps(operationIds: readonly string[]): Promise<Map<string, number>>;

  /** Youngest first. `cursor` is the id of the last operation of the page before. */
  list(query: {
    environmentId?: string;
    requestId?: string;
    state?: OperationState;
    goal?: OperationGoal;
    /** Which environments the caller may see; all when absent. */
    visible?: EnvironmentFilter;
    limit: number;
    cursor?: string;
  }): Promise<{ items: Operation[]; nextCursor?: string }>;

  /** For each environment the operation that is unfinished and works, or else the youngest. */
  current(environmentIds: readonly string[]): Promise<Map<string, Operation>>;

  /** The history after `seq`, in order; at most 500 entries at once. */
  eventsAfter(operationId: string, seq: number): Promise<StoredEvent[]>;

  /** The newest entry of each history. */
  lastSeqs(operationIds: readonly string[]): Promise<Map<string, number>>;
}
