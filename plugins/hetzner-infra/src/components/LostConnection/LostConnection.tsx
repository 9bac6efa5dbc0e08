import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { RiWifiOffLine } from '@remixicon/react';
import { useLostSince } from '../../api/useLostSince';
import { hetznerInfraTranslationRef } from '../../translation';
import { RelativeTime } from '../../ui/RelativeTime';
import styles from './LostConnection.module.css';

/** Says that what is shown is from before, as long as the portal's backend does not answer. */
export function LostConnection(props: {
  /** Whether it stands on a page by itself, and needs the page's margins. */
  isOnPage?: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const lostSince = useLostSince();
  if (lostSince === undefined) return null;
  const notice = (
    <div className={styles.notice}>
      <RiWifiOffLine size={18} aria-hidden="true" />
      <p>
        {/* The time changes by itself; as part of the alert it would be read out each time. */}
        <span role="alert">{t('connectionLost')}</span>{' '}
        {t('shownFrom', {
          when: <RelativeTime at={new Date(lostSince).toISOString()} />,
        })}
      </p>
    </div>
  );
  return props.isOnPage ? <Container>{notice}</Container> : notice;
}
