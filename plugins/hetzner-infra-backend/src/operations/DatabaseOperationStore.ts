import type {
  OperationError,
  Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { ApprovalOutcome } from './approval';
import {
  LeaseLostError,
  type Hold,
  type Operation,
  type PlannedStep,
  type Step,
  type StepDetails,
} from './operation';
import type { OperationSignals } from './OperationSignals';
import type {
  Claim,
  Ending,
  OperationStore,
  Submission,
} from './OperationStore';
import { appendEvents } from './store/appendEvents';
import { cancelOperation, previewCancel } from './store/cancelOperation';
import { claimOperation } from './store/claimOperation';
import { decideApproval } from './store/decideApproval';
import { finishOperation } from './store/finishOperation';
import {
  countEndedSteps,
  currentOperations,
  findOperation,
  listOperations,
  readEventsAfter,
  readLastSeqs,
  stepsOf,
} from './store/readOperations';
import { fromAim, toOperation, type OperationRow } from './store/rows';
import { findRequest, submitOperation } from './store/submitOperation';
import { lockHeld, requireAim } from './store/underLease';
import { addDetails, changeSteps, writePlan } from './store/writeSteps';

/** The queue in the plugin's database. The protocol is described at OperationStore. */
export class DatabaseOperationStore implements OperationStore {
  readonly #knex: Knex;
  readonly #signals: OperationSignals;

  constructor(options: { knex: Knex; signals: OperationSignals }) {
    this.#knex = options.knex;
    this.#signals = options.signals;
  }

  async submit(submission: Submission, now: Date, tx?: Knex.Transaction) {
    if (tx) {
      return submitOperation(tx, submission, now);
    }
    const submitted = await this.#knex.transaction(own =>
      submitOperation(own, submission, now),
    );
    this.wake(submitted.operation.id);
    return submitted;
  }

  async findRequest(
    request: Pick<Submission, 'initiator' | 'requestId' | 'requestHash'>,
  ) {
    return findRequest(this.#knex, request);
  }

  wake(operationId: string): void {
    this.#signals.events(operationId);
    this.#signals.work(operationId);
  }

  async claim(options: {
    worker: string;
    leaseMs: number;
    now: Date;
  }): Promise<Claim | undefined> {
    const claim = await this.#knex.transaction(tx =>
      claimOperation(tx, options),
    );
    if (claim) {
      this.#signals.events(claim.operation.id);
    }
    return claim;
  }

  async renew(hold: Hold, until: Date): Promise<Operation> {
    const [row] = await this.#knex<OperationRow>('operations')
      .where({ id: hold.operationId, lease: hold.lease })
      .whereNull('finished_at')
      .update({ lease_until: until.getTime() })
      .returning('*');
    if (!row) {
      throw new LeaseLostError(hold.operationId);
    }
    return toOperation(row);
  }

  async holds(hold: Hold, now: Date): Promise<void> {
    const row = await this.#knex<OperationRow>('operations')
      .where({ id: hold.operationId, lease: hold.lease })
      .where('lease_until', '>', now.getTime())
      .first('aim', 'aim_revision');
    if (!row) {
      throw new LeaseLostError(hold.operationId);
    }
    requireAim(hold, row);
  }

  async planned(
    hold: Hold,
    steps: readonly PlannedStep[],
    now: Date,
  ): Promise<Step[]> {
    return this.#write(hold, async tx => {
      const planned = await writePlan(tx, hold, steps, now);
      // What exists could be read: the provider takes the token.
      await tx<OperationRow>('operations')
        .where('id', hold.operationId)
        .update({ token_awaited_since: null });
      return planned;
    });
  }

  async stepStarted(hold: Hold, stepId: string, now: Date): Promise<void> {
    await this.#write(hold, async tx => {
      requireAim(hold, await lockHeld(tx, hold));
      await changeSteps(tx, hold, [stepId], now, step => ({
        state: 'running',
        attempts: (step.attempts ?? 0) + 1,
        progress: undefined,
        error: undefined,
        startedAt: step.startedAt ?? now,
        finishedAt: undefined,
      }));
    });
  }

  async stepProgress(
    hold: Hold,
    progress: ReadonlyArray<{ stepId: string; progress: number }>,
    now: Date,
  ): Promise<void> {
    const percent = new Map(progress.map(p => [p.stepId, p.progress]));
    await this.#write(hold, async tx => {
      await lockHeld(tx, hold);
      await changeSteps(tx, hold, [...percent.keys()], now, step =>
        step.progress === percent.get(step.id)
          ? undefined
          : { progress: percent.get(step.id) },
      );
    });
  }

  async stepDetails(
    hold: Hold,
    details: ReadonlyMap<string, StepDetails>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await lockHeld(tx, hold);
      await addDetails(tx, hold, details);
    });
  }

  async stepFinished(hold: Hold, stepId: string, now: Date): Promise<void> {
    await this.#write(hold, async tx => {
      await lockHeld(tx, hold);
      await changeSteps(tx, hold, [stepId], now, () => ({
        state: 'succeeded',
        progress: 100,
        finishedAt: now,
      }));
    });
  }

  async stepFailed(
    hold: Hold,
    stepId: string,
    error: OperationError,
    now: Date,
  ): Promise<void> {
    await this.#write(hold, async tx => {
      await lockHeld(tx, hold);
      await changeSteps(tx, hold, [stepId], now, () => ({
        state: 'failed',
        error,
        finishedAt: now,
      }));
    });
  }

  async log(
    hold: Hold,
    message: string,
    now: Date,
    about: { stepId?: string; phrase?: Phrase } = {},
  ): Promise<void> {
    await this.#write(hold, async tx => {
      await lockHeld(tx, hold);
      await appendEvents(tx, hold.operationId, [{ message, ...about }], now);
    });
  }

  async undo(hold: Hold, error: OperationError, now: Date): Promise<Hold> {
    const aim = { kind: 'remove' as const };
    await this.#write(hold, async tx => {
      requireAim(hold, await lockHeld(tx, hold));
      const [row] = await tx<OperationRow>('operations')
        .where('id', hold.operationId)
        .update({ ...fromAim(aim), error: JSON.stringify(error) })
        .returning('*');
      await appendEvents(
        tx,
        hold.operationId,
        [{ operation: toOperation(row) }],
        now,
      );
    });
    return { ...hold, aim };
  }

  async finished(hold: Hold, ending: Ending, now: Date): Promise<Operation> {
    const operation = await this.#write(hold, tx =>
      finishOperation(tx, hold, ending, now),
    );
    // A removal may have waited for this end.
    this.#signals.work(operation.id);
    return operation;
  }

  async postpone(
    hold: Hold,
    options: {
      nextAttemptAt: Date;
      reason: string;
      awaitsToken?: boolean;
      now: Date;
    },
  ): Promise<void> {
    await this.#write(hold, async tx => {
      const before = await lockHeld(tx, hold);
      await tx<OperationRow>('operations')
        .where('id', hold.operationId)
        .update({
          token_awaited_since: options.awaitsToken
            ? before.token_awaited_since ?? options.now.getTime()
            : null,
          lease: null,
          lease_until: null,
          next_attempt_at: options.nextAttemptAt.getTime(),
        });
      await appendEvents(
        tx,
        hold.operationId,
        [{ message: options.reason }],
        options.now,
      );
    });
    this.#signals.work(hold.operationId);
  }

  async requestCancel(operationId: string, now: Date): Promise<Operation> {
    const operation = await this.#knex.transaction(tx =>
      cancelOperation(tx, operationId, now),
    );
    this.wake(operationId);
    return operation;
  }

  async decideApproval(
    operationId: string,
    decide: (operation: Operation) => ApprovalOutcome,
    now: Date,
  ) {
    const decided = await this.#knex.transaction(tx =>
      decideApproval(tx, operationId, decide, now),
    );
    this.wake(operationId);
    return decided;
  }

  async previewCancel(operationId: string) {
    return previewCancel(this.#knex, operationId);
  }

  async find(operationId: string) {
    return findOperation(this.#knex, operationId);
  }

  async steps(
    operationIds: readonly string[],
    options?: { details?: boolean },
  ) {
    return stepsOf(this.#knex, operationIds, options);
  }

  async endedSteps(operationIds: readonly string[]) {
    return countEndedSteps(this.#knex, operationIds);
  }

  async list(query: Parameters<OperationStore['list']>[0]) {
    return listOperations(this.#knex, query);
  }

  async current(environmentIds: readonly string[]) {
    return currentOperations(this.#knex, environmentIds);
  }

  async eventsAfter(operationId: string, seq: number) {
    return readEventsAfter(this.#knex, operationId, seq);
  }

  async lastSeqs(operationIds: readonly string[]) {
    return readLastSeqs(this.#knex, operationIds);
  }

  async #write<T>(
    hold: Hold,
    change: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const result = await this.#knex.transaction(change);
    this.#signals.events(hold.operationId);
    return result;
  }
}
