import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useCatalogue } from '../api/queries';
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField } from './ChoiceField';
import { frameOf, wholeForm } from './frame';

/** Chooses among the locations of the chosen connection. */
export function LocationField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { connection } = wholeForm(props);
  const { data, error, reload } = useCatalogue(connection);
  return (
    <ChoiceField
      frame={frameOf(props)}
      value={props.formData}
      onChange={props.onChange}
      choices={data?.locations.map(({ name, city, country, networkZone }) => ({
        id: name,
        label: t('fields.location.label', { name, city, country }),
        description: networkZone,
      }))}
      error={error}
      errorTitle={t('fields.catalogueFailed')}
      onRetry={reload}
      waitsFor={connection ? undefined : t('fields.connectionFirst')}
    />
  );
}

export const locationField = createFormField({
  name: 'HetznerLocation',
  component: LocationField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
