import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Environment,
  Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { MonthlyMoney } from '../../ui/Money';

/** What the environment costs now, beside what it would cost. */
export function PriceDifference(props: {
  before: Environment['monthly'];
  quote: Quote;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { before = [], quote } = props;
  const isSame = before.every(
    ({ currency, monthly }) =>
      quote.totals.find(total => total.currency === currency)?.monthly ===
      monthly,
  );
  if (before.length === 0) return null;
  return (
    <Text as="p" variant="body-small" color="secondary">
      {isSame ? t('change.samePrice') : t('change.priceNow')}{' '}
      {!isSame &&
        before.map(({ currency, monthly }, index) => (
          <span key={currency}>
            {index > 0 && ' + '}
            <MonthlyMoney amount={monthly} currency={currency} />
          </span>
        ))}
    </Text>
  );
}
