import type { OperationOptions } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import type { StoredEnvironment } from './EnvironmentStore';

const PAGE = 100;

/**
 * What was chosen for the case that the environment cannot be created, for each
 * further operation on it until it stood once. Empty when it has stood: it is
 * never undone then.
 */
export async function onFailureOf(
  { id, appliedRevision }: Pick<StoredEnvironment, 'id' | 'appliedRevision'>,
  operations: Pick<OperationStore, 'list'>,
): Promise<Pick<OperationOptions, 'onFailure'>> {
  if (appliedRevision !== undefined) {
    return {};
  }
  let cursor: string | undefined;
  do {
    const page = await operations.list({
      environmentId: id,
      limit: PAGE,
      cursor,
    });
    const create = page.items.find(
      ({ goal, previousRevision }) =>
        goal === 'apply' && previousRevision === undefined,
    );
    if (create) {
      return { onFailure: create.options.onFailure };
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return {};
}
