import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, Skeleton, Text } from '@backstage/ui';
import {
  RiArrowLeftSLine,
  RiArrowRightSLine,
  RiDownloadLine,
} from '@remixicon/react';
import type { EnvironmentCost } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCost } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { formatMoney } from '../../ui/format';
import { RelativeTime } from '../../ui/RelativeTime';
import { useLocale } from '../../ui/useLocale';
import { useNow } from '../../ui/useNow';
import { useSearchParam } from '../../ui/useSearchParam';
import { CostChart } from './CostChart';
import { costAsCsv, digitsFor } from './costTable';
import { CostTable } from './CostTable';
import styles from './MonthCost.module.css';
import { monthAfter, monthOf, readMonth } from './months';

/** What an environment, by name or id, cost in a month, which the address names. */
export function MonthCost(props: {
  of: string;
  /** When the environment came and went (ISO 8601): months outside have nothing to show. */
  since: string;
  until?: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const now = useNow(undefined);
  const [asked, setAsked] = useSearchParam('month');
  const latest = monthOf(props.until ?? new Date(now).toISOString());
  const month = readMonth(asked) ?? latest;
  const query = useCost(props.of, month);
  const name = new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${month}-01T00:00:00Z`));
  const go = (months: number) => {
    const next = monthAfter(month, months);
    setAsked(next === latest ? undefined : next);
  };
  const cost = query.data?.month === month ? query.data : undefined;
  return (
    <section className={styles.cost} aria-label={t('cost.recorded')}>
      <div className={styles.head}>
        <div className={styles.months}>
          <ButtonIcon
            variant="secondary"
            size="small"
            icon={<RiArrowLeftSLine />}
            aria-label={t('cost.monthBefore')}
            isDisabled={month <= monthOf(props.since)}
            onPress={() => go(-1)}
          />
          <Text as="h3" variant="title-x-small" aria-live="polite">
            {name}
          </Text>
          <ButtonIcon
            variant="secondary"
            size="small"
            icon={<RiArrowRightSLine />}
            aria-label={t('cost.monthAfter')}
            isDisabled={month >= latest}
            onPress={() => go(1)}
          />
        </div>
        {cost && cost.lines.length > 0 && (
          <Button
            variant="secondary"
            size="small"
            iconStart={<RiDownloadLine />}
            onPress={() => download(cost)}
          >
            {t('cost.download')}
          </Button>
        )}
      </div>
      {query.error && (
        <ErrorPanel
          title={t('cost.failed')}
          error={query.error}
          onRetry={query.reload}
        />
      )}
      {!cost && !query.error && <Skeleton width="100%" height={320} />}
      {cost && cost.lines.length === 0 && (
        <EmptyState
          title={t('cost.empty.title', { month: name })}
          description={t('cost.empty.description')}
        />
      )}
      {cost && cost.lines.length > 0 && (
        <Recorded
          cost={cost}
          monthName={name}
          isOver={month < monthOf(cost.until)}
        />
      )}
    </section>
  );
}

function Recorded(props: {
  cost: EnvironmentCost;
  monthName: string;
  /** Whether the month has passed, so that nothing is left to foresee. */
  isOver: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { cost, monthName, isOver } = props;
  return (
    <>
      <div className={styles.totals}>
        {cost.totals.map(({ currency, total, forecast }) => (
          <dl key={currency} className={styles.pair}>
            <div>
              <dt>{isOver ? t('cost.total') : t('cost.soFar')}</dt>
              <dd>{formatMoney(locale, total, currency, digitsFor(total))}</dd>
            </div>
            {!isOver && (
              <div>
                <dt>{t('cost.forecast', { month: monthName })}</dt>
                <dd>{formatMoney(locale, forecast, currency)}</dd>
              </div>
            )}
          </dl>
        ))}
      </div>
      <CostChart cost={cost} monthName={monthName} />
      <Text as="p" color="secondary" variant="body-small">
        {t('cost.note')}{' '}
        {!isOver && (
          <>
            {t('cost.until')} <RelativeTime at={cost.until} />.
          </>
        )}
      </Text>
      <CostTable cost={cost} isOver={isOver} />
    </>
  );
}

function download(cost: EnvironmentCost): void {
  const url = URL.createObjectURL(
    new Blob([costAsCsv(cost)], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `${cost.environment}-${cost.month}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
