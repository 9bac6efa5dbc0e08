import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformActPermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect } from 'react';
import { groupChoices, useGroups } from '../components/useGroups';
import { useOwnGroups } from '../components/useOwnGroups';
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField } from './ChoiceField';
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
      choices={isKnown ? groupChoices(own, all ?? []) : undefined}
      errorTitle={t('fields.owner.failed')}
      onRetry={() => {}}
    />
  );
}

export const ownerField = createFormField({
  name: 'HetznerOwner',
  component: OwnerField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
