import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ProviderCall } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { RelativeTime } from '../../ui/RelativeTime';
import styles from './StepDrawer.module.css';

/** The calls of a step that changed something or failed, with the ids to quote, youngest first. */
export function ProviderCalls(props: { calls: readonly ProviderCall[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('step.calls')}
      </Text>
      <ul className={styles.records} aria-label={t('step.calls')}>
        {[...props.calls].reverse().map(call => (
          <li
            key={`${call.at} ${call.correlationId} ${call.path} ${call.attempt}`}
            className={styles.record}
          >
            <span className={styles.what}>
              {call.method} {call.path}
            </span>
            <span
              className={
                call.errorCode
                  ? `${styles.figure} ${styles.failed}`
                  : styles.figure
              }
            >
              {call.status ?? t('step.noAnswer')}
              {call.errorCode && ` ${call.errorCode}`}
            </span>
            <span className={styles.id}>
              <RelativeTime at={call.at} />
              {call.attempt > 1 && (
                <>
                  {' · '}
                  {t('step.attempt', { attempt: String(call.attempt) })}
                </>
              )}
              {call.correlationId && (
                <>
                  {' · '}
                  {t('step.correlationId', { id: call.correlationId })}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
