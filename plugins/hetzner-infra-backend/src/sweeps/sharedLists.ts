import {
  isOwnedBy,
  OWNERSHIP_LABELS,
  ownershipSelector,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';

type Item = { labels?: Record<string, string> };
type Filters = { label_selector?: string };

/**
 * A project that is read once for all its environments: a list with the
 * selector of one environment is cut out of the list of the whole installation.
 * So a look at a hundred environments costs as many calls as a look at one.
 * It only reads, and what it read it does not read again: use it for one sweep.
 */
export function sharedLists(
  cloud: HetznerCloud,
  installation: string,
): HetznerCloud {
  const lists = new Map<string, Promise<Item[]>>();
  const ofInstallation = `${OWNERSHIP_LABELS.installation}=${installation}`;

  const once = (path: string, filters: Filters): Promise<Item[]> => {
    const request = JSON.stringify([path, filters]);
    const known = lists.get(request);
    if (known) return known;
    const list = cloud.listAll(path as never, filters as never) as Promise<
      Item[]
    >;
    lists.set(request, list);
    return list;
  };

  const refuse = () => {
    throw new Error('A sweep only lists.');
  };
  const shared = {
    async listAll(path: string, filters: Filters = {}): Promise<Item[]> {
      const environmentId = filters.label_selector
        ?.split(`${OWNERSHIP_LABELS.environmentId}=`)
        .at(1);
      const isOneEnvironment =
        environmentId !== undefined &&
        filters.label_selector ===
          ownershipSelector({ installation, environmentId });
      if (!isOneEnvironment) return once(path, filters);
      const all = await once(path, {
        ...filters,
        label_selector: ofInstallation,
      });
      return all.filter(({ labels = {} }) =>
        isOwnedBy(labels, { installation, environmentId }),
      );
    },
    scoped: () => shared,
    get: refuse,
    post: refuse,
    put: refuse,
    delete: refuse,
    waitFor: refuse,
  };
  // The types of paths and answers exist only in the interface.
  return shared as unknown as HetznerCloud;
}
