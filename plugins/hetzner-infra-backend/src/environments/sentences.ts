import type { Operation } from '../operations/operation';
import { undoingFailed } from '../operations/transitions';
import type { StoredEnvironment } from './EnvironmentStore';

type Told = Pick<
  Operation,
  | 'goal'
  | 'state'
  | 'error'
  | 'aim'
  | 'revision'
  | 'previousRevision'
  | 'startedAt'
> &
  Partial<Pick<Operation, 'options'>>;

/** The state of an environment in words. */
export function environmentSentence(
  environment: Pick<
    StoredEnvironment,
    'name' | 'state' | 'revision' | 'appliedRevision' | 'removedAt'
  >,
  operation?: Told,
): string {
  const { name } = environment;
  switch (environment.state) {
    case 'creating':
    case 'changing':
    case 'removing':
      return operation
        ? operationSentence(operation, environment)
        : `${name} is ${environment.state}.`;
    case 'ready':
      return `${name} is as revision ${environment.revision} says.`;
    case 'removed':
      return `${name} is removed.`;
    default:
      return operation
        ? [operationSentence(operation, environment), operation.error?.message]
            .filter(Boolean)
            .join(' ')
        : `${name} is not as it should be.`;
  }
}

/**
 * The state of an operation in words, and what is left of what it did. Why it
 * failed is told by its error, once.
 */
export function operationSentence(
  operation: Told,
  environment: Pick<StoredEnvironment, 'name' | 'appliedRevision'>,
): string {
  const { name } = environment;
  const doing = `${gerund(operation, environment)} ${name}`;
  switch (operation.state) {
    case 'awaiting-approval':
      return `${doing} waits for approval${
        operation.options?.approval
          ? ` by ${operation.options.approval.group}`
          : ''
      }.`;
    case 'queued':
      return `${doing} waits for its turn.`;
    case 'running':
      return operation.error && operation.aim.kind === 'remove'
        ? `${doing} failed. What was made of it is being removed.`
        : `${doing}.`;
    case 'cancelling':
      return cancelling(operation, name);
    case 'cancelled':
      if (operation.error?.code.startsWith('approval-')) {
        return `${doing} was not approved. ${operation.error.message}`;
      }
      return `${doing} was cancelled${cancelled(operation, environment)}`;
    case 'failed':
      return `${doing} failed.${leftByFailure(operation)}`;
    default:
      return operation.goal === 'remove'
        ? `${name} is removed.`
        : `${name} is ready, as revision ${operation.revision} says.`;
  }
}

function gerund(
  { goal, revision, previousRevision }: Told,
  { appliedRevision }: Pick<StoredEnvironment, 'appliedRevision'>,
): string {
  if (goal === 'remove') {
    return 'Removing';
  }
  if (appliedRevision === undefined || previousRevision === undefined) {
    return 'Creating';
  }
  return previousRevision === revision ? 'Repairing' : 'Changing';
}

function cancelling({ aim }: Pick<Operation, 'aim'>, name: string): string {
  switch (aim.kind) {
    case 'remove':
      return `Cancelling. What was made of ${name} is being removed.`;
    case 'apply':
      return `Cancelling. ${name} goes back to revision ${aim.revision}.`;
    default:
      return 'Cancelling. What is in flight is awaited.';
  }
}

function cancelled(
  { aim, goal, startedAt }: Told,
  { appliedRevision }: Pick<StoredEnvironment, 'appliedRevision'>,
): string {
  if (aim.kind === 'remove') {
    return '. All that was made of it is removed.';
  }
  if (aim.kind === 'apply') {
    return `. It is as revision ${aim.revision} says again.`;
  }
  if (startedAt === undefined) {
    return ' before it began.';
  }
  if (goal === 'remove') {
    return '. Nothing was removed.';
  }
  return appliedRevision === undefined
    ? '. Its removal took over.'
    : '. What had been done stayed.';
}

function leftByFailure(operation: Told): string {
  if (operation.goal === 'remove') {
    return ' What was not removed is still there.';
  }
  return operation.aim.kind === 'remove' && !undoingFailed(operation)
    ? ' All that was made of it is removed.'
    : ' What had been done stayed.';
}
