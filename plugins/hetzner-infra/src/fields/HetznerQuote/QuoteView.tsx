import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { PlannedChanges } from '../../components/Quote/PlannedChanges';
import { PriceLines } from '../../components/Quote/PriceLines';
import { QuotaMeters } from '../../components/Quote/QuotaMeters';
import { QuoteTotals } from '../../components/Quote/QuoteTotals';
import {
  NotCreatedNote,
  QuoteWarnings,
} from '../../components/Quote/QuoteWarnings';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './QuoteView.module.css';

/** A quote: what it costs first, then what stands in the way, then what is paid for, planned and used up. */
export function QuoteView(props: { quote: Quote; isCurrent: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { quote, isCurrent } = props;
  return (
    <div className={styles.quote}>
      <QuoteTotals quote={quote} isCurrent={isCurrent} />
      <QuoteWarnings warnings={quote.warnings} />
      <NotCreatedNote warnings={quote.warnings} />
      <section>
        <Text as="h3" variant="body-large" weight="bold">
          {t('quote.lines')}
        </Text>
        <PriceLines lines={quote.lines} />
      </section>
      <PlannedChanges plan={quote.plan} currency={quote.totals[0]?.currency} />
      <section>
        <Text as="h3" variant="body-large" weight="bold">
          {t('quote.quota')}
        </Text>
        <QuotaMeters lines={quote.quota} />
      </section>
    </div>
  );
}
