import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './Resource.module.css';

/** How a resource differs from what is wanted, in words. */
export function Drift({ drift }: { drift: readonly string[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  if (drift.length === 0) {
    return (
      <span className={styles.asWanted}>
        <RiCheckLine size={14} aria-hidden="true" /> {t('resources.noDrift')}
      </span>
    );
  }
  return (
    <span className={styles.drift}>
      {drift.map(difference => (
        <span key={difference} className={styles.difference}>
          <RiAlertLine size={14} aria-hidden="true" />
          <span>{difference}</span>
        </span>
      ))}
    </span>
  );
}
