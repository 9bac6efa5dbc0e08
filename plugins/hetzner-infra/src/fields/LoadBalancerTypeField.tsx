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
import { loadBalancerOffers } from './offers';

/** Chooses among the load balancer types of the chosen connection and location, with limits and price. */
export function LoadBalancerTypeField(
  props: FieldExtensionComponentProps<string>,
) {
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
        loadBalancerOffers(data, location).map(({ type, offer }) => ({
          id: type.name,
          label: t('fields.loadBalancerType.label', {
            name: type.name,
            price: formatMoney(locale, offer.priceMonthly, data.currency),
          }),
          description: t('fields.loadBalancerType.facts', {
            targets: String(type.maxTargets),
            services: String(type.maxServices),
            certificates: String(type.maxCertificates),
          }),
        }))
      }
      error={error}
      errorTitle={t('fields.catalogueFailed')}
      onRetry={reload}
      waitsFor={connection && location ? undefined : t('fields.locationFirst')}
    />
  );
}

export const loadBalancerTypeField = createFormField({
  name: 'HetznerLoadBalancerType',
  component: LoadBalancerTypeField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
