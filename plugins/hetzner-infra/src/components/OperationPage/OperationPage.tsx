import {
  BreadcrumbEntry,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink, Container, Skeleton, Text } from '@backstage/ui';
import {
  environmentOperatePermission,
  type Operation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useNavigate, useParams } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { isTerminalState } from '../../api/operationStates';
import { useFollowedOperation } from '../../api/useFollowedOperation';
import { environmentRouteRef, operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { KeyFacts } from '../../ui/KeyFacts';
import { PageHeader } from '../../ui/PageHeader';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { OperationBadge } from '../StateBadges/OperationBadge';
import { useSubmit } from '../../ui/useSubmit';
import { CancelOperation } from './CancelOperation';
import { OperationLog } from './OperationLog';
import { OperationProgressBar } from './OperationProgressBar';
import { OperationSteps } from './OperationSteps';
import { purposeOf } from './operationSummary';
import styles from './OperationPage.module.css';

/** One operation, live while it runs and the same for whoever comes later. */
export function OperationPage() {
  const { id = '' } = useParams();
  // Another operation is another page; nothing of the last one stays.
  return <FollowedOperationPage key={id} id={id} />;
}

function FollowedOperationPage({ id }: { id: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const { operation, log, error, isLive, reload } = useFollowedOperation(id);
  const title = operation
    ? t(`operation.title.${purposeOf(operation)}`, {
        environment: operation.environment,
      })
    : t('operation.label');

  return (
    <BreadcrumbEntry
      entry={{ label: title, href: operationPage?.({ id }) ?? '' }}
    >
      <PageHeader
        title={title}
        customActions={
          operation && <Actions operation={operation} onChange={reload} />
        }
      />
      <Container className={styles.page}>
        {error && (
          <ErrorPanel
            title={
              error.status === 404
                ? t('operation.unknown', { id })
                : t('operation.failedToRead')
            }
            error={error}
            onRetry={error.status === 404 ? undefined : reload}
          />
        )}
        {!operation && !error && <OperationSkeleton />}
        {operation && (
          <>
            <StateOfOperation operation={operation} isLive={isLive} />
            <section>
              <Text as="h3" variant="title-x-small">
                {t('operation.steps')}
              </Text>
              <OperationSteps steps={operation.steps} />
            </section>
            <section>
              <Text as="h3" variant="title-x-small">
                {t('operation.events')}
              </Text>
              <OperationLog log={log} />
            </section>
          </>
        )}
      </Container>
    </BreadcrumbEntry>
  );
}

function StateOfOperation(props: { operation: Operation; isLive: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation, isLive } = props;
  return (
    <section className={styles.state}>
      <div role="status" className={styles.sentence}>
        <OperationBadge state={operation.state} />
        <Text variant="body-large">{operation.sentence}</Text>
      </div>
      {operation.state === 'failed' && (
        <FailedOperation operation={operation} />
      )}
      <OperationProgressBar operation={operation} />
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
          { label: t('operation.revision'), value: operation.revision },
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
    </section>
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
  const canCancel =
    !isTerminalState(operation.state) && operation.state !== 'cancelling';
  return (
    <>
      <ButtonLink
        variant="secondary"
        href={environmentPage?.({ name: operation.environment })}
      >
        {t('operation.openEnvironment')}
      </ButtonLink>
      {allowed && canCancel && (
        <CancelOperation operation={operation} onCancelled={onChange} />
      )}
    </>
  );
}

/** Why an operation failed, and the way to try again: a new operation with the same goal. */
function FailedOperation({ operation }: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const operationPage = useRouteRef(operationRouteRef);
  const navigate = useNavigate();
  const { allowed } = usePermission({
    permission: environmentOperatePermission,
    resourceRef: operation.environment,
  });
  const retry = useSubmit(async () => {
    const accepted = await api.retryOperation(operation.id);
    const path = operationPage?.({ id: accepted.operation.id });
    if (path) navigate(path);
  });
  return (
    <>
      <ErrorPanel
        title={t('operation.error')}
        error={operation.error ?? { message: operation.sentence }}
        action={
          allowed && (
            <Button
              variant="primary"
              size="small"
              isPending={retry.isPending}
              onPress={retry.submit}
            >
              {t('operation.retry')}
            </Button>
          )
        }
      />
      {retry.error && (
        <ErrorPanel title={t('operation.retryFailed')} error={retry.error} />
      )}
    </>
  );
}

function OperationSkeleton() {
  return (
    <div className={styles.state} aria-busy="true">
      <Skeleton height={24} width="60%" />
      <Skeleton height={6} />
      <Skeleton height={44} />
      <Skeleton height={320} />
    </div>
  );
}
