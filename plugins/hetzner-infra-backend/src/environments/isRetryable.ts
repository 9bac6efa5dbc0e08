import type { Operation } from '../operations/operation';
import type { StoredEnvironment } from './EnvironmentStore';
import { isProtected } from './readDocument';

/**
 * Whether an operation that failed can be tried again as it is; undefined for
 * one that did not fail. EnvironmentActions.retry refuses the others, with the
 * reason.
 *
 * @param current - the operation that works on the environment, or the last one that did
 */
export function isRetryable(
  operation: Pick<Operation, 'id' | 'state' | 'goal' | 'revision'>,
  environment: Pick<StoredEnvironment, 'state' | 'revision' | 'document'>,
  current: Pick<Operation, 'id'> | undefined,
): boolean | undefined {
  if (operation.state !== 'failed') {
    return undefined;
  }
  if (environment.state === 'removed' || current?.id !== operation.id) {
    return false;
  }
  return operation.goal === 'remove'
    ? !isProtected(environment)
    : operation.revision === environment.revision;
}
