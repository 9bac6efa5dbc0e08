import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, Text, ToggleButton } from '@backstage/ui';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import { MonthlyTotals } from '../../ui/Money';
import { needsOf } from '../EnvironmentHealth/findings';
import { totalCost } from './environmentFilter';
import styles from './EnvironmentsPage.module.css';

/** What all environments cost together, how many there are, and how many want attention: a press shows only those. */
export function EnvironmentsSummary(props: {
  environments: readonly Environment[] | undefined;
  isNarrowed: boolean;
  onNarrow: (needsAttention: boolean) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environments, isNarrowed, onNarrow } = props;
  const { totals, attention } = useMemo(
    () => ({
      totals: totalCost(environments ?? []),
      attention: environments?.filter(one => needsOf(one) > 0).length ?? 0,
    }),
    [environments],
  );
  if (!environments) {
    return (
      <div className={styles.summary} aria-busy="true">
        <Skeleton height={28} width={320} />
      </div>
    );
  }
  return (
    <div className={styles.summary}>
      {totals.length > 0 && (
        <Text as="p" variant="title-small">
          <MonthlyTotals totals={totals} />
        </Text>
      )}
      <Text as="p" color="secondary">
        {t('environments.count', { count: environments.length })}
      </Text>
      {attention > 0 || isNarrowed ? (
        <ToggleButton
          size="small"
          iconStart={<RiAlertLine />}
          isSelected={isNarrowed}
          onChange={onNarrow}
          className={styles.attention}
        >
          {t('environments.attention', { count: attention })}
        </ToggleButton>
      ) : (
        <Text as="p" color="secondary" className={styles.well}>
          <RiCheckLine size={16} aria-hidden="true" />{' '}
          {t('environments.noAttention')}
        </Text>
      )}
    </div>
  );
}
