import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './Resource.module.css';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { toldDifferences } from '../../words/toldDifferences';
import { useDeviations } from '../../words/useDeviations';

/** How a resource differs from what is wanted, in words; in full with what putting it right does. */
export function Drift(props: {
  resource: Pick<Resource, 'drift' | 'deviations'>;
  isFull?: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useDeviations();
  const { drift, deviations } = props.resource;
  if (drift.length === 0) {
    return (
      <span className={styles.asWanted}>
        <RiCheckLine size={14} aria-hidden="true" /> {t('resources.noDrift')}
      </span>
    );
  }
  return (
    <span className={styles.drift}>
      {inWords(toldDifferences({ differences: drift, deviations })).map(
        ({ what, next }) => (
          <span key={what} className={styles.difference}>
            <RiAlertLine size={14} aria-hidden="true" />
            <span>
              {what}
              {props.isFull && next && (
                <span className={styles.next}> {next}</span>
              )}
            </span>
          </span>
        ),
      )}
    </span>
  );
}
