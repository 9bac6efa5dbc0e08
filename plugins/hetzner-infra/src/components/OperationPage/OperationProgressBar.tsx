import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isTerminalState } from '../../api/operationStates';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatDuration } from '../../ui/format';
import { ProgressBar } from '../../ui/ProgressBar';
import { useNow } from '../../ui/useNow';
import { failingSteps, progressOf, roughSeconds } from './operationSummary';
import styles from './OperationPage.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';

const TICK_MILLISECONDS = 1_000;

const inWords = (seconds: number) => formatDuration(seconds * 1_000);

/** How far an operation is, for how long it has been running, and how long it usually takes. */
export function OperationProgressBar(props: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const titleOf = useChangeTitle();
  const { operation } = props;
  const hasEnded = isTerminalState(operation.state);
  const now = useNow(hasEnded ? undefined : TICK_MILLISECONDS);
  const progress = progressOf(operation, now);
  const { done, total, elapsedSeconds, expectedSeconds, late } = progress;
  const steps = t('operation.stepsDone', {
    done: String(done),
    total: String(total),
  });
  const time = () => {
    const words = {
      elapsed: inWords(elapsedSeconds),
      expected: inWords(roughSeconds(expectedSeconds ?? 0)),
    };
    if (hasEnded) {
      // What was cut short or undone says nothing beside what is usual.
      return operation.state === 'succeeded' && expectedSeconds !== undefined
        ? t('operation.took', words)
        : t('operation.tookSo', words);
    }
    if (expectedSeconds === undefined) return words.elapsed;
    switch (progress.phase) {
      case 'overdue':
        return t('operation.overdue', words);
      case 'last-look':
        return t('operation.lastLook', words);
      default:
        return t('operation.elapsed', words);
    }
  };
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={t('operation.progress')}
        value={progress.percent}
        text={steps}
        tone={toneOf(operation)}
      />
      <div className={styles.progressWords}>
        <Text variant="body-small" className={styles.figures}>
          {time()}
        </Text>
        <Text variant="body-small" color="secondary" className={styles.figures}>
          {total > 0 && steps}
        </Text>
      </div>
      {late.map(step => (
        <Text key={step.id} as="p" variant="body-small" className={styles.late}>
          {t('operation.late', {
            title: titleOf(step),
            elapsed: inWords((now - Date.parse(step.startedAt!)) / 1_000),
            usual: inWords(step.expectedSeconds!),
          })}
        </Text>
      ))}
    </div>
  );
}

function toneOf(operation: Operation) {
  switch (operation.state) {
    case 'failed':
      return 'red';
    case 'succeeded':
      return 'green';
    case 'cancelled':
      return 'neutral';
    default:
      return failingSteps(operation).length > 0 ? 'amber' : 'blue';
  }
}
