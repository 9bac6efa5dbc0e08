import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { MoneyDelta, MonthlyMoney } from '../../ui/Money';
import styles from './PriceDifference.module.css';
import { priceDifferences } from './priceDifferences';

/** What the environment costs now, what it costs after the change, and the difference. */
export function PriceDifference(props: {
  before: Environment['monthly'];
  quote: Quote;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { before = [], quote } = props;
  if (before.length === 0) return null;
  return priceDifferences(before, quote).map(
    ({ currency, now, afterwards, difference }) => (
      <dl key={currency} className={styles.difference}>
        <div>
          <dt>{t('change.price.now')}</dt>
          <dd>
            <MonthlyMoney amount={now} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>{t('change.price.afterwards')}</dt>
          <dd>
            <MonthlyMoney amount={afterwards} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>{t('change.price.difference')}</dt>
          <dd>
            {Number(difference) === 0 ? (
              t('change.price.none')
            ) : (
              <MoneyDelta amount={difference} currency={currency} />
            )}
          </dd>
        </div>
      </dl>
    ),
  );
}
