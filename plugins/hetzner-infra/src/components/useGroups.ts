import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useSWR from 'swr';

/** A group that can be chosen. */
export interface Group {
  entityRef: string;
  title: string;
}

/** A group as something to choose: by name, with its reference below. */
export interface GroupChoice {
  id: string;
  label: string;
  description: string;
}

/** Every group of the catalog; none where there is no catalog or it does not answer; undefined until they are known. */
export function useGroups(isWanted: boolean): Group[] | undefined {
  const catalog = useApiHolder().get(catalogApiRef);
  const { data, error } = useSWR(
    isWanted && catalog ? ['hetzner-infra', 'groups'] : undefined,
    async () => {
      const { items } = await catalog!.getEntities({
        filter: { kind: 'Group' },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.title',
          'spec.profile.displayName',
        ],
      });
      return items.map(entity => {
        const { displayName } =
          (entity.spec?.profile as { displayName?: string }) ?? {};
        const { title, name } = entity.metadata;
        return {
          entityRef: stringifyEntityRef(entity),
          title: displayName ?? title ?? name,
        };
      });
    },
    { revalidateOnFocus: false },
  );
  // The reader's own groups are known without the catalog.
  return data ?? (!catalog || error ? [] : undefined);
}

/** Groups to choose from: those named first, such as the reader's own, then the rest of the catalog. */
export function groupChoices(
  first: readonly string[],
  all: readonly Group[],
): GroupChoice[] {
  const titles = new Map(all.map(({ entityRef, title }) => [entityRef, title]));
  const rest = all
    .map(({ entityRef }) => entityRef)
    .filter(entityRef => !first.includes(entityRef));
  return [...new Set([...first].sort()), ...rest.sort()].map(entityRef => {
    const title = titles.get(entityRef) ?? entityRef.replace(/^.*\//, '');
    return { id: entityRef, label: title, description: entityRef };
  });
}
