import { ConflictError, InputError } from '@backstage/errors';
import {
  EnvironmentConflictError,
  InvalidEnvironmentError,
} from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { operationPath } from './operationPath';

/** The scaffolder puts the stack of what a step throws into the task's log, for all to read: people get the sentence. */
function withoutStack<T extends Error>(error: T): T {
  error.stack = error.message;
  return error;
}

/** A refusal in one text, because a task log knows no fields and no links. */
function inOneText(error: Error): Error {
  if (error instanceof InvalidEnvironmentError && error.fields.length > 0) {
    const problems = error.fields
      .filter(({ message }) => !error.message.includes(message))
      .map(({ path, message }) => `- ${path}: ${message}`);
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

/** What a task says that fails: words for people, and nothing of where in the code they come from. */
export function refusalOf(error: unknown): Error {
  return withoutStack(
    error instanceof Error ? inOneText(error) : new Error(String(error)),
  );
}
