import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { OperationStep } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { ProgressBar } from '../../ui/ProgressBar';
import { StepBadge } from '../StateBadges/StepBadge';
import styles from './OperationSteps.module.css';

/** The steps of an operation in their order. Values change in place. */
export function OperationSteps(props: { steps: readonly OperationStep[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  if (props.steps.length === 0) {
    return (
      <Text as="p" color="secondary">
        {t('operation.noSteps')}
      </Text>
    );
  }
  return (
    <ol className={styles.steps} aria-label={t('operation.steps')}>
      {props.steps.map(step => (
        <Step key={step.id} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { step: OperationStep }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <li className={styles.step}>
      <span className={styles.state}>
        <StepBadge state={step.state} />
      </span>
      <span className={styles.body}>
        <span>{step.title}</span>
        {step.state === 'running' && step.progress !== undefined && (
          <ProgressBar
            label={step.title}
            value={step.progress}
            text={t('operation.percent', {
              percent: String(step.progress),
            })}
          />
        )}
        {step.error && (
          <span className={styles.error}>
            {step.error.message}
            {step.error.correlationId && (
              <> {t('error.correlationId', { id: step.error.correlationId })}</>
            )}
          </span>
        )}
      </span>
      <span className={styles.time}>
        {(step.attempts ?? 1) > 1 && (
          <span>{t('operation.attempts', { count: step.attempts! })} · </span>
        )}
        {step.startedAt && (
          <ElapsedTime from={step.startedAt} until={endOf(step)} />
        )}
      </span>
    </li>
  );
}

/** A step that no longer runs has no time that goes on, even if nobody noted its end. */
function endOf(step: OperationStep) {
  return step.state === 'running'
    ? undefined
    : step.finishedAt ?? step.startedAt;
}
