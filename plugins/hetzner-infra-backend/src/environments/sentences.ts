import type { Operation } from '../operations/operation';
import type { StoredEnvironment } from './EnvironmentStore';

type Told = Pick<
  Operation,
  'goal' | 'state' | 'error' | 'aim' | 'revision' | 'previousRevision'
>;

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
        ? operationSentence(operation, environment)
        : `${name} is not as it should be.`;
  }
}

/** The state of an operation in words. */
export function operationSentence(
  operation: Told,
  environment: Pick<StoredEnvironment, 'name' | 'appliedRevision'>,
): string {
  const { name } = environment;
  const doing = gerund(operation, environment);
  switch (operation.state) {
    case 'awaiting-approval':
      return `${doing} ${name} waits for approval.`;
    case 'queued':
      return `${doing} ${name} waits for its turn.`;
    case 'running':
      return operation.error && operation.aim.kind === 'remove'
        ? `${doing} ${name} failed and is undone: ${operation.error.message}`
        : `${doing} ${name}.`;
    case 'cancelling':
      return cancelling(operation, name);
    case 'cancelled':
      return `${doing} ${name} was cancelled.`;
    case 'failed':
      return `${doing} ${name} failed${
        operation.error ? `: ${operation.error.message}` : '.'
      }`;
    default:
      return operation.goal === 'remove'
        ? `${name} is removed.`
        : `${name} stands.`;
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

function cancelling(operation: Pick<Operation, 'aim'>, name: string): string {
  switch (operation.aim.kind) {
    case 'remove':
      return `Cancelled; what was made of ${name} is removed.`;
    case 'apply':
      return `Cancelled; ${name} goes back to revision ${operation.aim.revision}.`;
    default:
      return 'Cancelled; what is in flight is awaited.';
  }
}
