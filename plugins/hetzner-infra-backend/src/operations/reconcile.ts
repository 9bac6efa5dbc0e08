import {
  effective,
  plan,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sleep } from '../clouds/clock';
import { CloudError } from '../clouds/CloudError';
import { UnbuildableError } from './DesiredStates';
import {
  failureKind,
  isTokenRefused,
  isUnreachable,
  operationError,
} from './failure';
import { AimChangedError, type Hold, type Operation } from './operation';
import {
  ChangeFailedError,
  performRound,
  type FailedAttempts,
  type Round,
} from './performRound';
import { Slowness } from './Slowness';
import type { ReconcileDependencies, Work } from './work';

/**
 * Works on one operation until nothing differs from its aim, or it fails.
 *
 * Level-triggered: each round reads what is wanted, observes what exists, plans
 * and does all that can be done at once. Nothing that was remembered of the
 * cloud is trusted, so a round after a crash is like any other.
 *
 * @throws LeaseLostError when another worker has the operation now
 * @throws Error of the database; the operation stays and is claimed again when
 *   its lease ends
 */
export async function reconcile(
  work: Work,
  dependencies: ReconcileDependencies,
): Promise<void> {
  const failedAttempts: FailedAttempts = new Map();
  const slowness = new Slowness(dependencies.store, dependencies.clock);
  let hold: Hold | undefined = work.hold;
  while (hold && !work.signal.aborted) {
    hold = await runRound(hold, work, failedAttempts, slowness, dependencies);
  }
}

/** One round. Returns the hold for the next one, or nothing when the operation has ended or was put off. */
async function runRound(
  hold: Hold,
  work: Work,
  failedAttempts: FailedAttempts,
  slowness: Slowness,
  dependencies: ReconcileDependencies,
): Promise<Hold | undefined> {
  const { store, clock, patience } = dependencies;
  try {
    if (hold.aim.kind !== 'stop') {
      const round = await prepare(hold, work, slowness, dependencies);
      if (effective(round.changes).length > 0) {
        await performRound(round, hold, work, failedAttempts, dependencies);
        return hold;
      }
    }
    if (await waitForStrayCalls(work, dependencies)) return hold;
    await store.finished(hold, { reached: true }, new Date(clock.now()));
    return undefined;
  } catch (error) {
    if (error instanceof AimChangedError) return { ...hold, aim: error.aim };
    const reason = error instanceof ChangeFailedError ? error.reason : error;
    if (failureKind(reason) === 'interrupted') {
      // The lease or the process is going, or the heartbeat saw a new aim before any write did.
      return work.signal.aborted ? hold : withCurrentAim(hold, dependencies);
    }
    if (isTokenRefused(reason)) {
      await putOff(hold, waitingForToken(reason), dependencies, true);
      return undefined;
    }
    if (error instanceof ChangeFailedError) {
      if (error.isLasting(patience)) {
        return giveUp(hold, work.operation, error, dependencies);
      }
      dependencies.reports?.retried('step', operationError(reason).code);
      return hold;
    }
    if (error instanceof CloudError && isUnreachable(error)) {
      await putOff(hold, operationError(error).message, dependencies);
      dependencies.reports?.retried('operation', error.code);
      return undefined;
    }
    if (error instanceof CloudError || error instanceof UnbuildableError) {
      return giveUp(hold, work.operation, error, dependencies);
    }
    throw error;
  }
}

async function putOff(
  hold: Hold,
  reason: string,
  { store, clock, patience }: ReconcileDependencies,
  awaitsToken = false,
) {
  await store.postpone(hold, {
    nextAttemptAt: new Date(
      clock.now() + patience.unreachablePauseSeconds * 1000,
    ),
    reason,
    awaitsToken,
    now: new Date(clock.now()),
  });
}

/** Why an operation pauses that the provider does not let in. */
function waitingForToken(error: CloudError): string {
  return `${
    operationError(error).message
  } The operation waits for another token of the same project: replace it on the page Connections, or in the configuration where it comes from there. It goes on by itself then.`;
}

async function withCurrentAim(
  hold: Hold,
  { store, clock, leaseMs }: ReconcileDependencies,
): Promise<Hold> {
  const operation = await store.renew(hold, new Date(clock.now() + leaseMs));
  return { ...hold, aim: operation.aim };
}

/** Reads what is wanted, observes what exists, and plans. */
async function prepare(
  hold: Hold,
  work: Work,
  slowness: Slowness,
  { store, desiredStates, observe, clock }: ReconcileDependencies,
): Promise<Round> {
  const desired = await desiredStates.read(
    work.operation.environmentId,
    hold.aim,
  );
  const scope = {
    signal: AbortSignal.any([work.signal, work.aimSignal()]),
    beforeCall: async ({ method }: { method: string }) => {
      // Reading does no harm without the lease; writing could undo what its new holder does.
      if (method !== 'GET') await store.holds(hold, new Date(clock.now()));
    },
  };
  const cloud = desired.cloud.scoped({
    ...scope,
    priority: 'background',
    onSlow: until => slowness.tell(hold, until),
  });
  const buckets = desired.buckets.scoped(scope);
  const withData = bucketsWithData(work.operation, hold);
  const actual = await observe({
    cloud,
    buckets,
    owner: desired.owner,
    wanted: desired.graph.nodes,
  });
  return {
    desired,
    cloud,
    buckets,
    withData,
    actual,
    changes: plan(desired.graph, actual, {
      hasRoom: !work.operation.options.inPlace,
      withData,
    }),
  };
}

/** Buckets whose data may go: only a removal that names them has any. */
function bucketsWithData(
  { goal, options }: Operation,
  { aim }: Hold,
): string[] {
  return goal === 'remove' && aim.kind === 'remove' && options.bucket
    ? [options.bucket]
    : [];
}

/**
 * A worker that lost its lease may have sent a last call, and the provider has
 * no conditional writes: waits until that call must have had its effect.
 * Returns whether it waited, so that the environment is observed once more.
 */
async function waitForStrayCalls(
  work: Work,
  { clock, strayCallMs }: ReconcileDependencies,
): Promise<boolean> {
  const { takenOverAt } = work.operation;
  const remaining = takenOverAt
    ? takenOverAt.getTime() + strayCallMs - clock.now()
    : 0;
  if (remaining <= 0) return false;
  await sleep(clock, remaining / 1000, work.signal);
  return true;
}

/**
 * Ends an operation that cannot reach its aim. A failed create is undone once
 * its diagnosis is stored, unless it was asked to stay; a failed change stays,
 * because people use the environment. Returns the hold to go on with, or
 * nothing when the operation has ended.
 */
async function giveUp(
  hold: Hold,
  operation: Operation,
  error: unknown,
  { store, clock, desiredStates }: ReconcileDependencies,
): Promise<Hold | undefined> {
  const diagnosis =
    error instanceof ChangeFailedError
      ? operationError(error.reason, {
          change: error.change,
          attempts: error.attempts,
        })
      : operationError(error);
  const now = new Date(clock.now());
  const isUndone =
    hold.aim.kind === 'apply' &&
    operation.options.onFailure !== 'keep' &&
    !(await desiredStates.hasStood(operation.environmentId));
  if (isUndone) return store.undo(hold, diagnosis, now);
  await store.finished(hold, { reached: false, error: diagnosis }, now);
  return undefined;
}
