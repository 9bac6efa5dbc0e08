import type {
  LogEvent,
  ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import { taskRequestId } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerInfraApi } from '../../api/HetznerInfraApi';

const hasEnded = ({ type }: LogEvent) =>
  type === 'completion' || type === 'cancelled';

/** Nobody can say whether a task asked for its operation; the task itself may go on. */
export class UnknownOutcome extends Error {
  readonly name = 'UnknownOutcome';
}

/**
 * Waits until a task has asked for its operation.
 * It looks whenever the task says something, so nothing is asked in between. A look that fails is
 * made up for by the next one.
 *
 * @returns the id of the operation.
 * @throws Error when the task failed or was cancelled without one, with the task's reason;
 *   `UnknownOutcome` when the task cannot be heard to its end, or the last look failed; the
 *   signal's reason when it is aborted.
 */
export function operationOfTask(options: {
  taskId: string;
  /** Name of the environment. */
  environment: string;
  /** Id of the template's step that asks for it. */
  step: string;
  scaffolder: ScaffolderApi;
  infra: HetznerInfraApi;
  /** Ends the wait, such as when its page is left. */
  signal: AbortSignal;
}): Promise<string> {
  const { taskId, environment, step, scaffolder, infra, signal } = options;
  const requestId = taskRequestId(taskId, step, environment);
  const look = async () =>
    (await infra.listOperations({ requestId, limit: 1 }))[0]?.id;

  return new Promise((resolve, reject) => {
    // One look after the other, so that the task's end is judged by a look of its own.
    let looks: Promise<unknown> = Promise.resolve();
    let isOver = false;
    let unsubscribe = () => {};
    /** Looks, and judges what is not there: nothing more comes after the last look. */
    const lookFor = (last?: () => Error) => {
      looks = looks.then(async () => {
        if (isOver) return;
        try {
          const id = await look();
          if (id) end(() => resolve(id));
          else if (last) end(() => reject(last()));
        } catch (error) {
          if (last)
            end(() => reject(new UnknownOutcome((error as Error).message)));
        }
      });
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    const subscription = scaffolder
      .streamLogs({ taskId, isTaskRecoverable: true })
      .subscribe({
        next: event =>
          lookFor(hasEnded(event) ? () => reasonOf(event) : undefined),
        error: error => lookFor(() => new UnknownOutcome(error.message)),
        complete: () => lookFor(() => new UnknownOutcome('')),
      });
    unsubscribe = () => subscription.unsubscribe();
    if (isOver) unsubscribe();

    function onAbort() {
      end(() => reject(signal.reason));
    }
    function end(settle: () => void) {
      if (isOver) return;
      isOver = true;
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      settle();
    }
  });
}

/** Why a task ended, in the words of what failed in it. */
function reasonOf({ body }: LogEvent): Error {
  const { error } = body as { error?: { message?: string } };
  return new Error(error?.message ?? body.message);
}
