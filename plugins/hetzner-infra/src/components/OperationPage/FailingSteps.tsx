import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { failingSteps } from './operationSummary';
import { useChangeTitle } from '../../words/useChangeTitle';

/** What already failed in an operation that still runs, and what happens next. */
export function FailingSteps(props: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const titleOf = useChangeTitle();
  const failing = failingSteps(props.operation);
  if (failing.length === 0) return null;
  return (
    <>
      {failing.map(
        step =>
          step.error && (
            <ErrorPanel
              key={step.id}
              title={t('operation.failing', { title: titleOf(step) })}
              error={step.error}
            />
          ),
      )}
      <Text as="p" variant="body-medium">
        {t('operation.failingNext')}
      </Text>
    </>
  );
}
