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
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField } from './ChoiceField';
import { frameOf, wholeForm } from './frame';

type FieldProps = FieldExtensionComponentProps<string>;

/** Chooses the Hetzner project by its connection. */
export function ConnectionField(props: FieldProps) {
  return <ConnectionOfKind field={props} kind="hetzner" />;
}

/** Chooses where the bucket is, by the connection to object storage. */
export function ObjectStorageField(props: FieldProps) {
  return <ConnectionOfKind field={props} kind="object-storage" />;
}

/** Chooses a connection; the only one there is needs no choosing. */
function ConnectionOfKind({
  kind: wanted,
  field: props,
}: {
  kind: Connection['kind'];
  field: FieldProps;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { formData, onChange } = props;
  const { owner } = wholeForm(props);
  const { data, error, reload } = useConnections();
  const platform = usePermission({ permission: platformActPermission });
  const choices = data
    ?.filter(({ kind }) => kind === wanted)
    .map(({ name, usableBy, environments }) => {
      // The owner of an environment must be among those who may use its connection.
      const isUsable = platform.allowed || !owner || usableBy.includes(owner);
      return {
        id: name,
        label: name,
        description: isUsable
          ? t('fields.connection.environments', { count: environments.length })
          : t('fields.connection.notUsable', { owner }),
        disabled: !isUsable,
      };
    });
  const usable = choices?.filter(({ disabled }) => !disabled);
  const only = usable?.length === 1 ? usable[0].id : undefined;

  useEffect(() => {
    if (only !== undefined && !formData) onChange(only);
  }, [only, formData, onChange]);

  return (
    <ChoiceField
      frame={frameOf(props)}
      value={formData}
      onChange={onChange}
      choices={platform.loading ? undefined : choices}
      error={error}
      errorTitle={t('connections.failed')}
      onRetry={reload}
    />
  );
}

export const connectionField = createFormField({
  name: 'HetznerConnection',
  component: ConnectionField,
  schema: makeFieldSchema({ output: z => z.string() }),
});

export const objectStorageField = createFormField({
  name: 'HetznerObjectStorage',
  component: ObjectStorageField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
