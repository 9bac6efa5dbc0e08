import {
  documentProblem,
  type EnvironmentDocument,
  type FieldError,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { InvalidInputError } from '../InvalidInputError';
import { ownerOf } from './admit';
import type { Owners } from './CatalogOwners';
import type { StoredEnvironment } from './EnvironmentStore';

/** An expiry that was over before anybody asked for it; one that stood already may pass. */
function pastExpiry(
  { metadata: { expiresAt } }: EnvironmentDocument,
  before: Pick<StoredEnvironment, 'document'> | undefined,
  now: Date,
): FieldError[] {
  const stored = before?.document as
    | { metadata?: { expiresAt?: unknown } }
    | undefined;
  return expiresAt !== null &&
    expiresAt !== stored?.metadata?.expiresAt &&
    Date.parse(expiresAt) <= now.getTime()
    ? [documentProblem('metadata.expiresAt', 'expiry-over', { expiresAt })]
    : [];
}

/**
 * Refuses an owner that the catalog does not know and an expiry that is over.
 * What an environment has already is not asked again: its group may be gone,
 * and it can still be changed.
 *
 * @param before - the environment that the document is to change; absent for a new one
 * @throws InvalidInputError with the fields
 * @throws ServiceUnavailableError when the catalog does not answer
 */
export async function refuseMetadata(
  document: EnvironmentDocument,
  before: Pick<StoredEnvironment, 'owner' | 'document'> | undefined,
  { owners, now }: { owners: Owners; now: () => Date },
): Promise<void> {
  const owner = ownerOf(document);
  const isKnown = owner === before?.owner || (await owners.has(owner));
  const problems: FieldError[] = [
    ...(isKnown
      ? []
      : [documentProblem('metadata.owner', 'owner-unknown', { owner })]),
    ...pastExpiry(document, before, now()),
  ];
  if (problems.length > 0) {
    throw new InvalidInputError(
      problems.map(({ message }) => message).join(' '),
      problems,
    );
  }
}
