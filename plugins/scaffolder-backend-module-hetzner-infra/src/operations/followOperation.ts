import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerInfraService } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { operationPath } from './operationPath';
import {
  hasEnded,
  heartbeatLine,
  progressLines,
  type ProgressLine,
} from './progress';

/** What following an operation needs from the backend. */
export interface FollowServices {
  auth: AuthService;
  environments: HetznerInfraService;
}

/** How often to look, how long the log may be silent, and how long an API that does not answer is borne with. In milliseconds. */
export interface FollowPace {
  pollMilliseconds: number;
  heartbeatMilliseconds: number;
  patienceMilliseconds: number;
}

/**
 * The pace of a task. Proxies cut a log stream that is silent for a minute, so
 * the log gets a line well before.
 */
export const TASK_PACE: FollowPace = {
  pollMilliseconds: 2_000,
  heartbeatMilliseconds: 15_000,
  patienceMilliseconds: 10 * 60_000,
};

/** The part of a scaffolder action's context that is written to and listened to. */
export interface FollowingTask {
  logger: Pick<LoggerService, 'info' | 'warn' | 'error'>;
  signal?: AbortSignal;
}

const at = (id: string) => `Operation ${id}: ${operationPath(id)}`;

/** Resolves after the time, or at once when the signal aborts. */
async function pause(milliseconds: number, signal?: AbortSignal) {
  await sleep(milliseconds, undefined, { signal }).catch(error => {
    if (!signal?.aborted) throw error;
  });
}

/**
 * Makes calls to an API that may be away for a while, such as during a restart.
 * Each answers undefined while nobody answers, until the pace's patience ends.
 */
function patientCaller(
  id: string,
  logger: FollowingTask['logger'],
  pace: FollowPace,
) {
  let silentSince: number | undefined;
  return async <T>(call: () => Promise<T>): Promise<T | undefined> => {
    try {
      const answer = await call();
      silentSince = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      if (silentSince === undefined) {
        silentSince = Date.now();
        logger.warn(
          `${error.message} The operation goes on without this task, which keeps asking.`,
        );
      } else if (Date.now() - silentSince >= pace.patienceMilliseconds) {
        throw new ServiceUnavailableError(
          `${error.message} The operation may still run. ${at(id)}`,
        );
      }
      return undefined;
    }
  };
}

/**
 * Follows an operation to its end and writes what happens to the task's log.
 *
 * It uses the plugin's own credentials, because an operation can outlive the
 * token of the person who asked. An abort of the task cancels the operation,
 * and the task ends when what was done is undone.
 *
 * @returns the operation, which has succeeded.
 * @throws Error when the operation failed or was cancelled, with its reason, id and path;
 *   ServiceUnavailableError when the API stays silent for longer than the pace's patience.
 */
export async function followOperation(
  id: string,
  services: FollowServices,
  task: FollowingTask,
  pace: FollowPace = TASK_PACE,
): Promise<Operation> {
  const options = {
    credentials: await services.auth.getOwnServiceCredentials(),
  };
  const begun = Date.now();
  let operation: Operation | undefined;

  const heartbeat = setInterval(() => {
    task.logger.info(
      operation
        ? heartbeatLine(operation, Date.now() - begun)
        : `Waiting for news of operation ${id}.`,
    );
  }, pace.heartbeatMilliseconds);
  const write = ({ text, failed }: ProgressLine) => {
    heartbeat.refresh();
    if (failed) task.logger.error(text);
    else task.logger.info(text);
  };

  const call = patientCaller(id, task.logger, pace);
  const follow = async (signal?: AbortSignal): Promise<void> => {
    while (!signal?.aborted) {
      const now = await call(() =>
        services.environments.getOperation(id, options),
      );
      if (now) {
        progressLines(operation, now).forEach(write);
        operation = now;
        if (hasEnded(now)) return;
      }
      await pause(pace.pollMilliseconds, signal);
    }
  };
  const cancel = async (): Promise<void> => {
    const cancelOnce = () => services.environments.cancelOperation(id, options);
    while (!(await call(cancelOnce))) await pause(pace.pollMilliseconds);
  };

  try {
    await follow(task.signal);
    if (!operation || !hasEnded(operation)) {
      await cancel().catch(error => {
        throw error instanceof ConflictError
          ? new ConflictError(
              `The task was cancelled, its operation was not. ${
                error.message
              } ${at(id)}`,
            )
          : error;
      });
      await follow();
    }
  } finally {
    clearInterval(heartbeat);
  }

  const { state, sentence, error } = operation!;
  if (state !== 'succeeded') {
    const reason =
      error && !sentence.includes(error.message) ? `${error.message} ` : '';
    throw new Error(`${sentence} ${reason}${at(id)}`);
  }
  return operation!;
}
