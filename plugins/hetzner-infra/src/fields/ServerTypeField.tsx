import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useCatalogue } from '../api/queries';
import { hetznerInfraTranslationRef } from '../translation';
import { formatMoney } from '../ui/format';
import { useLocale } from '../ui/useLocale';
import { ChoiceField } from './ChoiceField';
import { frameOf, wholeForm } from './frame';
import { serverOffers } from './offers';

/** Chooses among the server types of the chosen connection and location, with size and price. */
export function ServerTypeField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { connection, location = '' } = wholeForm(props);
  const { data, error, reload } = useCatalogue(connection);
  return (
    <ChoiceField
      frame={frameOf(props)}
      value={props.formData}
      onChange={props.onChange}
      choices={
        data &&
        serverOffers(data, location).map(({ type, offer, obstacle }) => {
          const facts = t('fields.serverType.facts', {
            disk: String(type.diskGb),
            architecture: type.architecture,
            cpu: type.cpuType,
          });
          return {
            id: type.name,
            label: t('fields.serverType.label', {
              name: type.name,
              cores: String(type.cores),
              memory: String(type.memoryGb),
              price: formatMoney(locale, offer.priceMonthly, data.currency),
            }),
            description: obstacle
              ? `${t(`fields.serverType.${obstacle}`, { location })} ${facts}`
              : facts,
            disabled: obstacle !== undefined,
          };
        })
      }
      error={error}
      errorTitle={t('fields.catalogueFailed')}
      onRetry={reload}
      waitsFor={connection && location ? undefined : t('fields.locationFirst')}
    />
  );
}

export const serverTypeField = createFormField({
  name: 'HetznerServerType',
  component: ServerTypeField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
