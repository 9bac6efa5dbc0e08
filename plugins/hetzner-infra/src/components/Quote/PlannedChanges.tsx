import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { PlannedChange } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { MoneyDelta } from '../../ui/Money';
import styles from './PlannedChanges.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';
import { toldDifferences } from '../../words/toldDifferences';
import { useDeviations } from '../../words/useDeviations';
import { usePhrases } from '../../words/usePhrases';

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
  const titleOf = useChangeTitle();
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-large" weight="bold">
        {title ?? t('quote.plan', { count: changes.length })}
      </Text>
      <ol className={styles.plan}>
        {changes.map(change => (
          <li key={`${change.change} ${change.kind} ${change.key}`}>
            {titleOf(change)}
            {Number(change.monthlyDelta) !== 0 && props.currency && (
              <span className={styles.delta}>
                {' '}
                <MoneyDelta
                  amount={change.monthlyDelta}
                  currency={props.currency}
                />
              </span>
            )}
            <WhyOfChange change={change} />
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

/** Why something that exists is changed, and what that interrupts. */
function WhyOfChange({ change }: { change: PlannedChange }) {
  const inWords = useDeviations();
  const say = usePhrases();
  const { deviations, reason, interrupts } = change;
  const why =
    deviations && deviations.length > 0
      ? inWords(toldDifferences({ deviations, differences: [] }))
          .map(({ what }) => what)
          .join(' ')
      : reason;
  const interruptions = deviations
    ?.filter(({ remedy }) => remedy !== 'report')
    .flatMap(deviation => (deviation.interrupts ? [deviation.interrupts] : []));
  return (
    <>
      {change.change !== 'create' && (
        <span className={styles.reason}> {why}</span>
      )}
      {interrupts && (
        <span className={styles.interrupts}>
          {' '}
          {interruptions?.length ? say(interruptions) : interrupts}
        </span>
      )}
    </>
  );
}
