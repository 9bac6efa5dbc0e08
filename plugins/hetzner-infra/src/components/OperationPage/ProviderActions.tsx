import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ProviderAction } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { StepBadge } from '../StateBadges/StepBadge';
import styles from './StepDrawer.module.css';

const STATES = {
  running: 'running',
  success: 'succeeded',
  error: 'failed',
} as const;

/** What the provider did for a step, by the ids that its support asks for. */
export function ProviderActions(props: { actions: readonly ProviderAction[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('step.actions')}
      </Text>
      <ul className={styles.records} aria-label={t('step.actions')}>
        {props.actions.map(action => (
          <li key={action.id} className={styles.record}>
            <span className={styles.what}>{action.command}</span>
            <StepBadge state={STATES[action.state]} />
            <span className={styles.id}>
              {t('step.actionId', { id: action.id })}
              {(action.finishedAt || action.state === 'running') && (
                <>
                  {' · '}
                  <ElapsedTime
                    from={action.startedAt}
                    until={action.finishedAt}
                  />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
