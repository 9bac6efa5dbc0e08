import {
  effective,
  OWNERSHIP_LABELS,
  plan,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sleep } from '../clouds/clock';
import { isTerminal, type Operation } from './operation';
import { OperationConflictError } from './OperationConflictError';
import { resourceName } from './performRound';
import type { ReconcileDependencies, Work } from './work';

type LostWork = Pick<Work, 'operation' | 'begun'>;

/** Between two looks whether the environment is at rest. */
const LOOK_EVERY_SECONDS = 1;

/**
 * For a worker that lost its lease: looks whether a call that it had sent made
 * or changed something after the next worker had looked for the last time, and
 * queues an operation that puts it right. The provider has no conditional writes, so a worker
 * that was stopped directly before a send sends whenever it goes on.
 *
 * Waits until nothing works on the environment, because whoever does sees what
 * exists by itself. To be called when all calls of the worker were answered.
 *
 * What it made tells so by its label. What it changed does not: there, whatever
 * differs of a resource that it was changing counts, and nothing else, because
 * what somebody changes in the console is not put right unasked.
 *
 * @param lost - the operation, and the resources that it was changing (`Work.begun`)
 * @param signal - ends the waiting
 * @returns the operation that was queued, if one was needed
 * @throws CloudError, UnbuildableError, Error of the database
 */
export async function clearLateCalls(
  { operation: { id, environmentId, initiator }, begun }: LostWork,
  signal: AbortSignal,
  { store, desiredStates, observe, clock }: ReconcileDependencies,
): Promise<Operation | undefined> {
  const isAtRest = async () => {
    const current = (await store.current([environmentId])).get(environmentId);
    return !current || isTerminal(current.state);
  };
  while (!(await isAtRest())) {
    await sleep(clock, LOOK_EVERY_SECONDS, signal);
    if (signal.aborted) return undefined;
  }
  const rest = await desiredStates.atRest(environmentId);
  if (!rest) return undefined;

  const { graph, cloud, buckets, owner } = await desiredStates.read(
    environmentId,
    rest.aim,
  );
  const actual = await observe({
    cloud: cloud.scoped({ signal, priority: 'background' }),
    buckets: buckets.scoped({ signal }),
    owner,
    wanted: graph.nodes,
  });
  const isLate = effective(plan(graph, actual)).some(
    change =>
      begun.has(resourceName(change)) ||
      (change.change === 'remove' &&
        change.actual?.labels[OWNERSHIP_LABELS.createdBy] === id),
  );
  if (!isLate) return undefined;

  const isRemoved = rest.aim.kind === 'remove';
  try {
    const { operation } = await store.submit(
      {
        environmentId,
        goal: isRemoved ? 'remove' : 'apply',
        revision: rest.revision,
        ...(isRemoved ? {} : { previousRevision: rest.revision }),
        initiator,
        options: isRemoved ? {} : { purpose: 'reconcile' },
      },
      new Date(clock.now()),
    );
    return operation;
  } catch (error) {
    // Another operation came in between, and sees what exists.
    if (error instanceof OperationConflictError) return undefined;
    throw error;
  }
}
