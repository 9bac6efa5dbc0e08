import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Operation,
  OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { ProgressBar } from '../../ui/ProgressBar';
import { StepBadge } from '../StateBadges/StepBadge';
import { laneOf, LANES } from './operationLanes';
import styles from './StepList.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';
import { useFailureInWords } from '../../words/useFailureInWords';

/** The steps of an operation by lane, in their order. Values change in place. */
export function StepList(props: {
  operation: Pick<Operation, 'steps'>;
  selected?: string;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { steps } = props.operation;
  return (
    <ul className={styles.lanes} aria-label={t('operation.steps')}>
      {LANES.map(lane => ({
        lane,
        own: steps.filter(step => laneOf(step) === lane),
      }))
        .filter(({ own }) => own.length > 0)
        .map(({ lane, own }) => (
          <li key={lane}>
            <Text as="h4" variant="body-small" color="secondary">
              {t(`operation.lane.${lane}`)}
            </Text>
            <ol
              className={styles.steps}
              aria-label={t(`operation.lane.${lane}`)}
            >
              {own.map(step => (
                <li key={step.id}>
                  <button
                    type="button"
                    className={styles.step}
                    data-selected={step.id === props.selected || undefined}
                    onClick={() => props.onOpen(step.id)}
                  >
                    <StepLine step={step} />
                  </button>
                </li>
              ))}
            </ol>
          </li>
        ))}
    </ul>
  );
}

function StepLine({ step }: { step: OperationStep }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const title = useChangeTitle()(step);
  const whyFailed = useFailureInWords();
  return (
    <>
      <span className={styles.state}>
        <StepBadge state={step.state} />
      </span>
      <span className={styles.body}>
        <span>{title}</span>
        {step.state === 'running' && step.progress !== undefined && (
          <ProgressBar
            label={title}
            value={step.progress}
            text={t('operation.percent', {
              percent: String(step.progress),
            })}
          />
        )}
        {step.error && (
          <span className={styles.error}>{whyFailed(step.error)}</span>
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
    </>
  );
}

/** A step that no longer runs has no time that goes on, even if nobody noted its end. */
function endOf(step: OperationStep) {
  return step.state === 'running'
    ? undefined
    : step.finishedAt ?? step.startedAt;
}
