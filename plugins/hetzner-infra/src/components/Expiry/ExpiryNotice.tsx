import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { RiHourglassLine } from '@remixicon/react';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { RelativeTime } from '../../ui/RelativeTime';
import { useNow } from '../../ui/useNow';
import { expiryStanding } from './expiryStanding';
import { ExtendEnvironment } from './ExtendEnvironment';
import styles from './Expiry.module.css';

const TICK_MILLISECONDS = 30_000;

/** That the time of an environment ends or is over, what follows, and the way to extend it; nothing long before. */
export function ExpiryNotice({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const standing = expiryStanding(environment, useNow(TICK_MILLISECONDS));
  if (!standing || standing === 'far') return null;
  return (
    <section className={styles.notice} aria-label={t('expiry.label')}>
      <RiHourglassLine size={18} aria-hidden="true" />
      <span className={styles.words}>
        <Text as="span" weight="bold">
          {t(`expiry.${standing}`)} <RelativeTime at={environment.expiresAt!} />
          .
        </Text>{' '}
        {t(`expiry.${standing}After`)}
      </span>
      <ExtendEnvironment environment={environment} />
    </section>
  );
}
