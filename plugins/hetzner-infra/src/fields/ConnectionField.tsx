import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import {
  platformActPermission,
  type Connection,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect } from 'react';
import { useConnections } from '../api/queries';
import { useOwnGroups } from '../components/useOwnGroups';
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField, type Choice } from './ChoiceField';
import { frameOf } from './frame';

/** Hetzner connections that somebody of these groups may build on. */
export function usableConnections(
  connections: readonly Connection[],
  groups: readonly string[],
): Connection[] {
  return connections.filter(
    ({ kind, owner, usableBy }) =>
      kind === 'hetzner' &&
      [owner, ...usableBy].some(ref => ref === '*' || groups.includes(ref)),
  );
}

/** Chooses the Hetzner project by its connection; the only one there is needs no choosing. */
export function ConnectionField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { formData, onChange } = props;
  const { data, error, reload } = useConnections();
  const groups = useOwnGroups();
  const platform = usePermission({ permission: platformActPermission });
  const usable =
    data && groups && !platform.loading
      ? usableConnections(data, platform.allowed ? ownersOf(data) : groups)
      : undefined;
  const only = usable?.length === 1 ? usable[0].name : undefined;

  useEffect(() => {
    if (only !== undefined && !formData) onChange(only);
  }, [only, formData, onChange]);

  return (
    <ChoiceField
      frame={frameOf(props)}
      value={formData}
      onChange={onChange}
      choices={usable?.map(
        ({ name, environments }): Choice => ({
          id: name,
          label: name,
          description: t('fields.connection.environments', {
            count: environments.length,
          }),
        }),
      )}
      error={error}
      errorTitle={t('connections.failed')}
      onRetry={reload}
    />
  );
}

/** Who acts for the platform may use what anybody may use. */
function ownersOf(connections: readonly Connection[]) {
  return connections.map(({ owner }) => owner);
}

export const connectionField = createFormField({
  name: 'HetznerConnection',
  component: ConnectionField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
