import {
  differences,
  type ActualResource,
  type ResourceKind,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { partOf, type OnProgress } from './progress';

/** What a repair of one kind works with. */
export interface RepairWork<K extends ResourceKind> {
  node: ResourceNode<K>;
  onProgress: OnProgress;
}

/** Puts right what these fields tell, in place. */
export interface Repair<Work> {
  fields: readonly string[];
  repair: (work: Work) => Promise<void>;
}

/**
 * Makes the repairs that a resource needs, one after the other in the order of
 * the table: the provider changes a resource once at a time.
 *
 * @param found - the resource as it was read just now: a plan saw it earlier
 * @throws CloudError
 */
export async function putRight<
  K extends ResourceKind,
  Work extends RepairWork<K>,
>(
  repairs: readonly Repair<Work>[],
  found: ActualResource<K>,
  work: Work,
): Promise<void> {
  const differing: readonly string[] = differences(work.node, found)
    .filter(({ remedy }) => remedy === 'update')
    .map(({ field }) => field);
  const needed = repairs.filter(({ fields }) =>
    fields.some(field => differing.includes(field)),
  );
  const share = 100 / needed.length;
  for (const [index, { repair }] of needed.entries()) {
    await repair({
      ...work,
      onProgress: partOf(work.onProgress, index * share, (index + 1) * share),
    });
  }
}
