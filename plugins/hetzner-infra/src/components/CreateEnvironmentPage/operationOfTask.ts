import type {
  LogEvent,
  ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import { taskRequestId } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerInfraApi } from '../../api/HetznerInfraApi';

const hasEnded = ({ type }: LogEvent) =>
  type === 'completion' || type === 'cancelled';

/**
 * Waits until a task has asked for its operation.
 * It looks whenever the task says something, so nothing is asked in between.
 *
 * @returns the id of the operation.
 * @throws Error when the task ended without one, with the task's reason; an `InfraError` when the
 *   backend cannot be asked.
 */
export function operationOfTask(options: {
  taskId: string;
  /** Name of the environment. */
  environment: string;
  /** Id of the template's step that asks for it. */
  step: string;
  scaffolder: ScaffolderApi;
  infra: HetznerInfraApi;
}): Promise<string> {
  const { taskId, environment, step, scaffolder, infra } = options;
  const requestId = taskRequestId(taskId, step, environment);
  const look = async () =>
    (await infra.listOperations({ requestId, limit: 1 }))[0]?.id;

  return new Promise((resolve, reject) => {
    // One look after the other, so that the task's end is judged by a look of its own.
    let looks: Promise<unknown> = Promise.resolve();
    const subscription = scaffolder
      .streamLogs({ taskId, isTaskRecoverable: true })
      .subscribe({
        next: event => {
          looks = looks
            .then(look)
            .then(id => {
              if (id) end(() => resolve(id));
              else if (hasEnded(event)) end(() => reject(reasonOf(event)));
            })
            .catch(error => end(() => reject(error)));
        },
        error: error => end(() => reject(error)),
      });
    function end(settle: () => void) {
      subscription.unsubscribe();
      settle();
    }
  });
}

/** Why a task ended, in the words of what failed in it. */
function reasonOf({ body }: LogEvent): Error {
  const { error } = body as { error?: { message?: string } };
  return new Error(error?.message ?? body.message);
}
