import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './figures.module.css';
import { formatMoney } from './format';
import { useLocale } from './useLocale';

/** Digits that hourly prices of the smallest things need to differ from nought. */
const HOURLY_DIGITS = 4;

/** A net amount a month, such as `€49.20 / month`; the hourly one on hover where it is known. */
export function MonthlyMoney(props: {
  amount: string;
  currency: string;
  hourly?: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { amount, currency, hourly } = props;
  return (
    <span
      className={styles.figures}
      title={
        hourly === undefined
          ? t('money.net')
          : t('money.perHour', {
              amount: formatMoney(locale, hourly, currency, HOURLY_DIGITS),
            })
      }
    >
      {t('money.perMonth', { amount: formatMoney(locale, amount, currency) })}
    </span>
  );
}

/** What something adds to the bill a month, or saves, with its sign. */
export function MoneyDelta(props: { amount: string; currency: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { amount, currency } = props;
  const sign = amount.startsWith('-') ? '' : '+';
  return (
    <span className={styles.figures} title={t('money.net')}>
      {t('money.perMonth', {
        amount: `${sign}${formatMoney(locale, amount, currency)}`,
      })}
    </span>
  );
}

/** Totals a month, one under the other: amounts in different currencies are never added. */
export function MonthlyTotals(props: {
  totals:
    | readonly { currency: string; monthly: string; hourly?: string }[]
    | undefined;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  if (!props.totals?.length) return <span>{t('money.unknown')}</span>;
  return (
    <span className={styles.perCurrency}>
      {props.totals.map(({ currency, monthly, hourly }) => (
        <MonthlyMoney
          key={currency}
          amount={monthly}
          currency={currency}
          hourly={hourly}
        />
      ))}
    </span>
  );
}
