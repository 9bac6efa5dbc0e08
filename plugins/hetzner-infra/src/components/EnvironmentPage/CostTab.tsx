import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { useStandingQuote } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyTotals } from '../../ui/Money';
import { MonthCost } from '../MonthCost/MonthCost';
import { PriceLines } from '../Quote/PriceLines';
import styles from './EnvironmentPage.module.css';

/** What an environment cost and will cost: recorded, by day, then what its document is quoted at. */
export function CostTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <div className={styles.tab}>
      <MonthCost of={environment.name} since={environment.createdAt} />
      <section>
        <Text as="h3" variant="title-x-small">
          {t('cost.quote')}
        </Text>
        <Quoted environment={environment} />
      </section>
    </div>
  );
}

function Quoted({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  // A new object on each refresh would ask for a new quote each time.
  const key = JSON.stringify(environment.document);
  const document = useMemo(() => JSON.parse(key), [key]);
  const quote = useStandingQuote(document);
  const totals = quote.data?.totals ?? environment.monthly;
  return (
    <div className={styles.cost}>
      <Text as="p" variant="title-x-small">
        <MonthlyTotals totals={totals} />
      </Text>
      {quote.data && <PriceLines lines={quote.data.lines} />}
      {!quote.data && !quote.error && <Skeleton width="100%" height={180} />}
      {quote.error && (
        <ErrorPanel
          title={t('environment.noPriceLines')}
          error={quote.error}
          onRetry={quote.error.status === 403 ? undefined : quote.reload}
        />
      )}
    </div>
  );
}
