import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformActPermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect } from 'react';
import useSWR from 'swr';
import { useOwnGroups } from '../components/useOwnGroups';
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField, type Choice } from './ChoiceField';
import { frameOf } from './frame';

/** Chooses the owning group: one of the reader's, or any for who acts for the platform. */
export function OwnerField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { formData, onChange } = props;
  const own = useOwnGroups();
  const platform = usePermission({ permission: platformActPermission });
  const all = useGroups(platform.allowed);
  const only = own?.length === 1 ? own[0] : undefined;

  useEffect(() => {
    if (only !== undefined && !formData) onChange(only);
  }, [only, formData, onChange]);

  const isKnown = own && !platform.loading && (!platform.allowed || all);
  return (
    <ChoiceField
      frame={frameOf(props)}
      value={formData}
      onChange={onChange}
      choices={isKnown ? choicesOf(own, all ?? []) : undefined}
      errorTitle={t('fields.owner.failed')}
      onRetry={() => {}}
    />
  );
}

interface Group {
  entityRef: string;
  title: string;
}

/** The reader's own groups first, then the rest, each by name. */
function choicesOf(own: readonly string[], all: readonly Group[]): Choice[] {
  const titles = new Map(all.map(({ entityRef, title }) => [entityRef, title]));
  const rest = all
    .map(({ entityRef }) => entityRef)
    .filter(entityRef => !own.includes(entityRef));
  return [...[...own].sort(), ...rest.sort()].map(entityRef => {
    const title = titles.get(entityRef) ?? entityRef.replace(/^.*\//, '');
    return { id: entityRef, label: title, description: entityRef };
  });
}

/** Every group of the catalog; none where there is no catalog or it does not answer. */
function useGroups(isWanted: boolean): Group[] | undefined {
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

export const ownerField = createFormField({
  name: 'HetznerOwner',
  component: OwnerField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
