import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { ProgressBar } from '../../ui/ProgressBar';
import { progressOf } from './operationSummary';
import styles from './OperationPage.module.css';

/** How far an operation is, and for how long it has been running. */
export function OperationProgressBar(props: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation } = props;
  const { done, total, percent } = progressOf(operation);
  const text = t('operation.stepsDone', {
    done: String(done),
    total: String(total),
  });
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={t('operation.progress')}
        value={percent}
        text={text}
        tone={toneOf(operation)}
      />
      <div className={styles.progressWords}>
        <Text variant="body-small" color="secondary">
          {text}
        </Text>
        <Text variant="body-small" color="secondary">
          <ElapsedTime
            from={operation.startedAt ?? operation.createdAt}
            until={operation.finishedAt}
          />
        </Text>
      </div>
    </div>
  );
}

function toneOf({ state }: Operation) {
  switch (state) {
    case 'failed':
      return 'red';
    case 'succeeded':
      return 'green';
    case 'cancelled':
      return 'neutral';
    default:
      return 'blue';
  }
}
