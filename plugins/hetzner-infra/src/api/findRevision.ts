import type { Revision } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerInfraApi } from './HetznerInfraApi';

/** A document that an environment had, and the one that it was made from, which the first has not. */
export interface FoundRevision {
  revision: Revision;
  before?: Revision;
}

/**
 * Looks for a revision page by page, from the youngest on; null when there is none of that number.
 *
 * @throws InfraError - when a page cannot be read
 */
export async function findRevision(
  api: Pick<HetznerInfraApi, 'listRevisions'>,
  nameOrId: string,
  wanted: number,
): Promise<FoundRevision | null> {
  let revision: Revision | undefined;
  let cursor: string | undefined;
  do {
    const page = await api.listRevisions(nameOrId, cursor);
    const among = (number: number | undefined) =>
      page.items.find(item => item.revision === number);
    revision ??= among(wanted);
    // Numbers only fall from here on.
    const isPast = page.items.some(item => item.revision < wanted);
    if (!revision && isPast) return null;
    if (revision) {
      const before = among(revision.previous);
      if (before || revision.previous === undefined) {
        return { revision, ...(before && { before }) };
      }
    }
    cursor = page.nextCursor;
  } while (cursor);
  return revision ? { revision } : null;
}
