import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { PlannedChange } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { MoneyDelta } from '../../ui/Money';
import styles from './PlannedChanges.module.css';

/** What will be done, as sentences in order. What stays as it is is only counted. */
export function PlannedChanges(props: {
  plan: readonly PlannedChange[];
  /** In the place of the number of changes. */
  title?: string;
  /** For what each change adds to the bill or saves; without it nothing is told. */
  currency?: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { plan, title } = props;
  const changes = plan.filter(({ change }) => change !== 'keep');
  const kept = plan.length - changes.length;
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-large" weight="bold">
        {title ?? t('quote.plan', { count: changes.length })}
      </Text>
      <ol className={styles.plan}>
        {changes.map(({ change, kind, key, title: sentence, ...rest }) => (
          <li key={`${change} ${kind} ${key}`}>
            {sentence}
            {Number(rest.monthlyDelta) !== 0 && props.currency && (
              <span className={styles.delta}>
                {' '}
                <MoneyDelta
                  amount={rest.monthlyDelta}
                  currency={props.currency}
                />
              </span>
            )}
            {change !== 'create' && (
              <span className={styles.reason}> {rest.reason}</span>
            )}
            {rest.interrupts && (
              <span className={styles.interrupts}> {rest.interrupts}</span>
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
