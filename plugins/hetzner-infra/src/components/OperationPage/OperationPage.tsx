import {
  BreadcrumbEntry,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Container, Link, Skeleton, Text } from '@backstage/ui';
import {
  environmentOperatePermission,
  type Operation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useParams } from 'react-router-dom';
import type { LogLine } from '../../api/followedOperation';
import { isTerminalState } from '../../api/operationStates';
import { useFollowedOperation } from '../../api/useFollowedOperation';
import {
  environmentRouteRef,
  environmentsRouteRef,
  operationRouteRef,
} from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { InstantsInText } from '../../ui/InstantsInText';
import { KeyFacts } from '../../ui/KeyFacts';
import { PageFrame } from '../PageFrame';
import { RelativeTime } from '../../ui/RelativeTime';
import { useSearchParam } from '../../ui/useSearchParam';
import { EntityLink } from '../EntityLink';
import { OperationBadge } from '../StateBadges/OperationBadge';
import { ApprovalOfOperation } from './ApprovalOfOperation';
import { CancelOperation } from './CancelOperation';
import { FailingSteps } from './FailingSteps';
import { HeldBack } from './HeldBack';
import { OperationChanges } from './OperationChanges';
import { OperationLog } from './OperationLog';
import { OperationOutcome } from './OperationOutcome';
import { OperationProgressBar } from './OperationProgressBar';
import { OperationSteps } from './OperationSteps';
import { StepDrawer } from './StepDrawer';
import styles from './OperationPage.module.css';
import { useOperationSentence } from '../../words/useStateSentence';

/** One operation, live while it runs and the same for whoever comes later. */
export function OperationPage() {
  const { id = '' } = useParams();
  // Another operation is another page; nothing of the last one stays.
  return <FollowedOperationPage key={id} id={id} />;
}

function FollowedOperationPage({ id }: { id: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const environmentsPage = useRouteRef(environmentsRouteRef);
  const { operation, log, error, isLive, reload, look } =
    useFollowedOperation(id);
  const [openStep, setOpenStep] = useSearchParam('step');
  const title = operation
    ? t(`operation.title.${operation.purpose}`, {
        environment: operation.environment,
      })
    : t('operation.label');

  return (
    <BreadcrumbEntry
      entry={{ label: title, href: operationPage?.({ id }) ?? '' }}
    >
      <PageFrame
        title={title}
        customActions={
          // Its end has links of its own, and knows whether the environment stands.
          operation && !isTerminalState(operation.state) ? (
            <Actions operation={operation} onChange={reload} />
          ) : undefined
        }
      />
      <Container className={styles.page}>
        {error?.status === 404 && (
          <EmptyState
            title={t('operation.unknown', { id })}
            description={t('operation.unknownDescription')}
            action={
              <ButtonLink variant="secondary" href={environmentsPage?.()}>
                {t('operation.openEnvironments')}
              </ButtonLink>
            }
          />
        )}
        {error && error.status !== 404 && (
          <ErrorPanel
            title={t('operation.failedToRead')}
            error={error}
            onRetry={reload}
          />
        )}
        {!operation && !error && <OperationSkeleton />}
        {operation && (
          <>
            <StateOfOperation
              operation={operation}
              log={log}
              isLive={isLive}
              onChange={reload}
            />
            <OperationSteps
              operation={operation}
              selected={openStep}
              onOpen={setOpenStep}
            />
            <div className={styles.evidence}>
              <OperationChanges operation={operation} />
              <section className={styles.section}>
                <Text as="h3" variant="title-x-small">
                  {t('operation.events')}
                </Text>
                <OperationLog log={log} />
              </section>
            </div>
            <StepDrawer
              operation={operation}
              log={log}
              stepId={openStep}
              onOpen={setOpenStep}
              onLook={look}
            />
          </>
        )}
      </Container>
    </BreadcrumbEntry>
  );
}

function StateOfOperation(props: {
  operation: Operation;
  log: readonly LogLine[];
  isLive: boolean;
  onChange: () => void;
}) {
  const { operation, log, isLive, onChange } = props;
  const sentenceOf = useOperationSentence();
  // A failure is told once, with what can be done about it.
  const isTold =
    operation.error !== undefined &&
    !operation.error.code.startsWith('approval-');
  return (
    <section className={styles.state}>
      <div role="status" className={styles.sentence}>
        <OperationBadge state={operation.state} />
        {!isTold && (
          <Text variant="body-large">
            <InstantsInText text={sentenceOf(operation)} />
          </Text>
        )}
      </div>
      <ApprovalOfOperation operation={operation} onDecided={onChange} />
      <OperationProgressBar operation={operation} />
      {!isTerminalState(operation.state) && <HeldBack log={log} />}
      <FailingSteps operation={operation} />
      <OperationOutcome operation={operation} />
      <OperationFacts operation={operation} isLive={isLive} />
    </section>
  );
}

function OperationFacts(props: { operation: Operation; isLive: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const { operation, isLive } = props;
  const { revision, previousRevision, retryOf } = operation;
  return (
    <KeyFacts
      facts={[
        {
          label: t('operation.initiator'),
          value: <EntityLink entityRef={operation.initiator} />,
        },
        {
          label: t('operation.createdAt'),
          value: <RelativeTime at={operation.createdAt} />,
        },
        {
          label: t('operation.revision'),
          value:
            previousRevision === undefined || previousRevision === revision
              ? revision
              : `${previousRevision} → ${revision}`,
        },
        ...(retryOf
          ? [
              {
                label: t('operation.retryOf'),
                value: (
                  <Link href={operationPage?.({ id: retryOf })}>
                    {t('operation.earlier')}
                  </Link>
                ),
              },
            ]
          : []),
        ...(isTerminalState(operation.state)
          ? []
          : [
              {
                label: t('operation.updates'),
                value: isLive ? t('operation.live') : t('operation.polling'),
              },
            ]),
      ]}
    />
  );
}

function Actions(props: { operation: Operation; onChange: () => void }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation, onChange } = props;
  const environmentPage = useRouteRef(environmentRouteRef);
  const { allowed } = usePermission({
    permission: environmentOperatePermission,
    resourceRef: operation.environment,
  });
  return (
    <>
      <ButtonLink
        variant="secondary"
        href={environmentPage?.({ name: operation.environment })}
      >
        {t('operation.openEnvironment')}
      </ButtonLink>
      {allowed && operation.state !== 'cancelling' && (
        <CancelOperation operation={operation} onCancelled={onChange} />
      )}
    </>
  );
}

function OperationSkeleton() {
  return (
    <div className={styles.state} aria-busy="true">
      <Skeleton height={24} width="60%" />
      <Skeleton width="100%" height={6} />
      <Skeleton width="100%" height={44} />
      <Skeleton width="100%" height={320} />
    </div>
  );
}
