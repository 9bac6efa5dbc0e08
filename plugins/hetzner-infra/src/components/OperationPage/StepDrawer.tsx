import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import type {
  Operation,
  OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect } from 'react';
import type { LogLine } from '../../api/followedOperation';
import { hetznerInfraTranslationRef } from '../../translation';
import { Drawer } from '../../ui/Drawer';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { formatDuration } from '../../ui/format';
import { KeyFacts } from '../../ui/KeyFacts';
import { RelativeTime } from '../../ui/RelativeTime';
import { StepBadge } from '../StateBadges/StepBadge';
import { OperationLog } from './OperationLog';
import { ProviderActions } from './ProviderActions';
import { ProviderCalls } from './ProviderCalls';
import styles from './StepDrawer.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';

/** One step beside the page: what it does, what the provider did for it, and what went wrong. */
export function StepDrawer(props: {
  operation: Operation;
  log: readonly LogLine[];
  /** Id of the step; closed without one, and for one that the operation does not have. */
  stepId: string | undefined;
  onOpen: (id: string | undefined) => void;
  /** Reads what events do not carry. */
  onLook: () => void;
}) {
  const { operation, stepId, onLook } = props;
  const titleOf = useChangeTitle();
  const step = operation.steps.find(({ id }) => id === stepId);
  const { state, attempts, progress } = step ?? {};
  useEffect(() => {
    if (state) onLook();
  }, [stepId, state, attempts, progress, onLook]);
  return (
    <Drawer
      isOpen={step !== undefined}
      onClose={() => props.onOpen(undefined)}
      title={step && titleOf(step)}
    >
      {step && <StepDetails {...props} step={step} />}
    </Drawer>
  );
}

function StepDetails(props: {
  step: OperationStep;
  operation: Operation;
  log: readonly LogLine[];
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { step, operation } = props;
  const { providerActions = [], calls = [], error } = step;
  const lines = props.log.filter(
    line => line.stepId === step.id || line.step?.id === step.id,
  );
  return (
    <>
      <div className={styles.state}>
        <StepBadge state={step.state} />
        {step.consoleUrl && (
          <Link href={step.consoleUrl} target="_blank">
            {t('step.console')}
          </Link>
        )}
      </div>
      {error && (
        <ErrorPanel
          title={t('step.error', { code: error.code })}
          error={error}
        />
      )}
      <StepFacts step={step} />
      <StepNeeds step={step} operation={operation} onOpen={props.onOpen} />
      {providerActions.length > 0 && (
        <ProviderActions actions={providerActions} />
      )}
      {calls.length > 0 && <ProviderCalls calls={calls} />}
      <section className={styles.section}>
        <Text as="h3" variant="body-medium" weight="bold">
          {t('operation.events')}
        </Text>
        <OperationLog log={lines} />
      </section>
    </>
  );
}

function StepFacts({ step }: { step: OperationStep }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { startedAt, finishedAt, expectedSeconds, attempts = 0 } = step;
  const isRunning = step.state === 'running';
  return (
    <KeyFacts
      facts={[
        ...(startedAt
          ? [
              {
                label: t('step.startedAt'),
                value: <RelativeTime at={startedAt} />,
              },
              {
                label: t(isRunning ? 'step.elapsed' : 'step.took'),
                value: (
                  <ElapsedTime
                    from={startedAt}
                    until={isRunning ? undefined : finishedAt ?? startedAt}
                  />
                ),
              },
            ]
          : []),
        ...(expectedSeconds === undefined
          ? []
          : [
              {
                label: t('step.usually'),
                value: formatDuration(expectedSeconds * 1_000),
              },
            ]),
        { label: t('step.attempts'), value: attempts },
        ...(step.providerId
          ? [{ label: t('step.providerId'), value: step.providerId }]
          : []),
      ]}
    />
  );
}

function StepNeeds(props: {
  step: OperationStep;
  operation: Operation;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const titleOf = useChangeTitle();
  const needs = props.operation.steps.filter(({ id }) =>
    props.step.needs?.includes(id),
  );
  if (needs.length === 0) return null;
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('step.needs')}
      </Text>
      <ul className={styles.needs}>
        {needs.map(need => (
          <li key={need.id}>
            <StepBadge state={need.state} />
            <button
              type="button"
              className={styles.need}
              onClick={() => props.onOpen(need.id)}
            >
              {titleOf(need)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
