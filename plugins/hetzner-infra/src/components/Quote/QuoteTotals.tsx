import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { MonthlyMoney } from '../../ui/Money';
import styles from './QuoteTotals.module.css';

/** What it costs a month and at most; amounts in different currencies stand side by side. Figures change in place; whether they are current is said in words. */
export function QuoteTotals(props: {
  quote: Quote;
  isCurrent: boolean;
  /** Whether it is a price from before, because what is described now cannot be quoted. */
  isOutdated?: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { quote, isCurrent, isOutdated } = props;
  const rising = quote.totals.some(
    ({ monthly, monthlyMax }) => monthlyMax !== monthly,
  )
    ? quote.totals
    : [];
  return (
    <div
      role="status"
      className={styles.totals}
      data-stale={!isCurrent || undefined}
    >
      <div className={styles.amounts}>
        {quote.totals.map(({ currency, monthly, hourly }, index) => (
          <span
            key={currency}
            className={index === 0 ? styles.first : styles.more}
          >
            {index > 0 && '+ '}
            <MonthlyMoney
              amount={monthly}
              currency={currency}
              hourly={hourly}
            />
          </span>
        ))}
      </div>
      {rising.length > 0 && (
        <Text as="p" color="secondary" variant="body-small">
          {t('quote.atMost')}{' '}
          {rising.map(({ currency, monthlyMax }, index) => (
            <span key={currency}>
              {index > 0 && ' + '}
              <MonthlyMoney amount={monthlyMax} currency={currency} />
            </span>
          ))}
        </Text>
      )}
      {isOutdated ? (
        <p className={styles.outdated}>
          <RiAlertLine size={16} aria-hidden="true" />
          {t('quote.outdated')}
        </p>
      ) : (
        <Text as="p" color="secondary" variant="body-small">
          {isCurrent ? t('quote.net') : t('quote.updating')}
        </Text>
      )}
    </div>
  );
}
