import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  taskRequestId,
  type AcceptedOperation,
  type Operation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { FollowServices } from './followOperation';
import { hasEnded } from './progress';

/** The parts of a scaffolder action's context that a submission needs. */
export interface Submitter {
  task: { id: string };
  step?: { id?: string };
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  checkpoint<T extends Submitted>(options: {
    key: string;
    fn: () => Promise<T>;
  }): Promise<T>;
}

/** What a request became. */
export interface Submitted {
  operationId: string;
  /** Name of the environment. */
  name: string;
  [key: string]: string;
}

/** Whether an operation was over, without success, before a time (milliseconds since 1970). */
function wasInVain(operation: Operation, before: number): boolean {
  const { state, finishedAt } = operation;
  return (
    hasEnded(operation) &&
    state !== 'succeeded' &&
    finishedAt !== undefined &&
    Date.parse(finishedAt) < before
  );
}

/**
 * Asks for something once, with the rights of the initiator, however often the
 * task is recovered. A task that somebody starts again after its operation
 * failed or was cancelled asks anew: that operation can only be looked at.
 *
 * @param submit - sends the request under an id
 */
export async function submitOnce(
  task: Submitter,
  environment: string,
  { auth, environments }: FollowServices,
  submit: (
    requestId: string,
    credentials: BackstageCredentials,
  ) => Promise<AcceptedOperation>,
): Promise<Submitted> {
  const begun = Date.now();
  const first = taskRequestId(task.task.id, task.step?.id, environment);
  for (let key = first; ; ) {
    let accepted: AcceptedOperation | undefined;
    const submitted = await task.checkpoint({
      key,
      fn: async (): Promise<Submitted> => {
        accepted = await submit(key, await task.getInitiatorCredentials());
        return {
          operationId: accepted.operation.id,
          name: accepted.environment.name,
        };
      },
    });
    const operation =
      accepted?.operation ??
      (await environments.getOperation(submitted.operationId, {
        credentials: await auth.getOwnServiceCredentials(),
      }));
    if (!wasInVain(operation, begun)) {
      return submitted;
    }
    key = `${first}:after-${submitted.operationId}`;
  }
}
