import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import type {
  PlannedChange,
  QuotaLine,
  Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { PriceLines } from '../../components/Quote/PriceLines';
import { hetznerInfraTranslationRef } from '../../translation';
import { Meter } from '../../ui/Meter';
import { MonthlyMoney } from '../../ui/Money';
import styles from './QuoteView.module.css';

/** A quote: what it costs first, then what stands in the way, then what is paid for, planned and used up. */
export function QuoteView(props: { quote: Quote; isCurrent: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { quote, isCurrent } = props;
  return (
    <div className={styles.quote} data-stale={!isCurrent || undefined}>
      <div role="status" className={styles.totals}>
        {quote.totals.map(({ currency, monthly, monthlyMax, hourly }) => (
          <div key={currency}>
            <Text variant="title-medium" weight="bold">
              <MonthlyMoney
                amount={monthly}
                currency={currency}
                hourly={hourly}
              />
            </Text>
            {monthlyMax !== monthly && (
              <Text as="p" color="secondary">
                {t('quote.atMost')}{' '}
                <MonthlyMoney amount={monthlyMax} currency={currency} />
              </Text>
            )}
          </div>
        ))}
        <Text as="p" color="secondary" variant="body-small">
          {isCurrent ? t('quote.net') : t('quote.updating')}
        </Text>
      </div>
      {quote.warnings.map(({ code, path, message, blocking }) => (
        <Alert
          key={`${code} ${path} ${message}`}
          status={blocking ? 'danger' : 'warning'}
          icon
          title={blocking ? t('quote.blocked') : undefined}
          description={message}
        />
      ))}
      <section>
        <Text as="h3" variant="body-large" weight="bold">
          {t('quote.lines')}
        </Text>
        <PriceLines lines={quote.lines} />
      </section>
      <PlannedChanges plan={quote.plan} />
      <Quota lines={quote.quota} />
    </div>
  );
}

/** What will be done, as sentences in order. What stays as it is is only counted. */
function PlannedChanges({ plan }: { plan: readonly PlannedChange[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const changes = plan.filter(({ change }) => change !== 'keep');
  const kept = plan.length - changes.length;
  return (
    <section>
      <Text as="h3" variant="body-large" weight="bold">
        {t('quote.plan', { count: changes.length })}
      </Text>
      <ol className={styles.plan}>
        {changes.map(({ change, kind, key, title, reason, interrupts }) => (
          <li key={`${change} ${kind} ${key}`}>
            {title}
            {change !== 'create' && (
              <span className={styles.reason}> {reason}</span>
            )}
            {interrupts && (
              <span className={styles.interrupts}> {interrupts}</span>
            )}
          </li>
        ))}
      </ol>
      {kept > 0 && (
        <Text as="p" color="secondary">
          {t('quote.kept', { count: kept })}
        </Text>
      )}
    </section>
  );
}

/** Names of quota lines that have words of their own. */
const QUOTA_NAMES = [
  'servers',
  'loadBalancers',
  'networks',
  'primaryIps',
  'firewalls',
  'placementGroups',
  'certificates',
  'sshKeys',
] as const;

function Quota({ lines }: { lines: readonly QuotaLine[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <section>
      <Text as="h3" variant="body-large" weight="bold">
        {t('quote.quota')}
      </Text>
      <div className={styles.quota}>
        {lines.map(({ name, used, after, limit }) => {
          const known = QUOTA_NAMES.find(quotaName => quotaName === name);
          const values = {
            used: String(used ?? '?'),
            after: String(after),
            limit: String(limit),
          };
          return (
            <Meter
              key={name}
              label={known ? t(`quotaName.${known}`) : name}
              text={
                limit === undefined
                  ? t('quote.quotaUnlimited', values)
                  : t('quote.quotaOf', values)
              }
              used={used}
              after={after}
              limit={limit}
            />
          );
        })}
      </div>
    </section>
  );
}
