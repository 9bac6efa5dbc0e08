import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PriceLine } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { InstantsInText } from '../../ui/InstantsInText';
import { MonthlyMoney } from '../../ui/Money';
import { useLineInWords } from '../../words/useLineInWords';
import styles from './PriceList.module.css';

/** Price lines where there is no room for a table: what, how many, how much, and where the price comes from. */
export function PriceList({ lines }: { lines: readonly PriceLine[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useLineInWords();
  return (
    <ul className={styles.list} aria-label={t('quote.lines')}>
      {lines.map(line => {
        const { key, quantity, quantityMax } = line;
        const { monthly, monthlyMax, hourly, currency, source } = line;
        const many =
          quantityMax !== undefined && quantityMax !== quantity
            ? t('quote.line.range', {
                min: String(quantity),
                max: String(quantityMax),
              })
            : String(quantity);
        return (
          <li key={key} className={styles.line}>
            <span className={styles.what}>
              {inWords(line)} <span className={styles.many}>× {many}</span>
            </span>
            <span className={styles.cost}>
              <MonthlyMoney
                amount={monthly}
                currency={currency}
                hourly={hourly}
              />
            </span>
            <span className={styles.source}>
              <InstantsInText text={source} />
            </span>
            {monthlyMax !== monthly && (
              <span className={styles.most}>
                {t('quote.line.monthlyMax')}{' '}
                <MonthlyMoney amount={monthlyMax} currency={currency} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
