import {
  documentChanges,
  type OperationChanges,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import type { Operation } from '../operations/operation';

/** What an operation changed in its environment's document; a removal leaves the document as the record of what was. */
export async function wireChanges(
  operation: Operation,
  environments: Pick<EnvironmentStore, 'revision'>,
): Promise<OperationChanges> {
  const { environmentId, goal, revision, previousRevision } = operation;
  if (goal === 'remove') {
    return { from: revision, items: [] };
  }
  const documentOf = async (number: number) =>
    (await environments.revision(environmentId, number))?.document;
  if (previousRevision === undefined) {
    return {
      to: revision,
      items: documentChanges(undefined, await documentOf(revision)),
    };
  }
  return {
    from: previousRevision,
    to: revision,
    items:
      previousRevision === revision
        ? []
        : documentChanges(
            await documentOf(previousRevision),
            await documentOf(revision),
          ),
  };
}
