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
    <p role="alert" className={styles.notice}>
      <RiWifiOffLine size={18} aria-hidden="true" />
      <span>
        {t('connectionLost')}{' '}
        <RelativeTime at={new Date(lostSince).toISOString()} />
      </span>
    </p>
  );
  return props.isOnPage ? <Container>{notice}</Container> : notice;
}
