import { ConflictError, InputError } from '@backstage/errors';
import { taskRequestId } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  EnvironmentConflictError,
  InvalidEnvironmentError,
} from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { operationPath } from './operationPath';

/** The parts of a task that make its request recognisable. */
interface Submitter {
  task: { id: string };
  step?: { id?: string };
}

/** The id under which a task asks for something. */
export function requestIdOf(
  { task, step }: Submitter,
  environment: string,
): string {
  return taskRequestId(task.id, step?.id, environment);
}

/** A refusal as the task shows it: one text, because a task log knows no fields and no links. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof InvalidEnvironmentError && error.fields.length > 0) {
    const problems = error.fields.map(
      ({ path, message }) => `- ${path}: ${message}`,
    );
    return new InputError([error.message, ...problems].join('\n'));
  }
  if (error instanceof EnvironmentConflictError && error.operationId) {
    return new ConflictError(
      `${error.message} Operation ${error.operationId}: ${operationPath(
        error.operationId,
      )}`,
    );
  }
  return error;
}
