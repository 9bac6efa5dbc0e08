import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Skeleton, Text } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { lazy, Suspense } from 'react';
import { useOperations, useRemovedEnvironment } from '../../api/queries';
import { environmentsRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PageFrame } from '../PageFrame';
import { RelativeTime } from '../../ui/RelativeTime';
import { OperationsTable } from '../OperationsPage/OperationsTable';
import styles from './EnvironmentPage.module.css';

// The chart and the YAML writer are only fetched by who comes here.
const MonthCost = lazy(() =>
  import('../MonthCost/MonthCost').then(module => ({
    default: module.MonthCost,
  })),
);
const RevisionHistory = lazy(() =>
  import('./RevisionHistory').then(module => ({
    default: module.RevisionHistory,
  })),
);

const SHOWN_OPERATIONS = 50;

/** For a name (or id) that no environment has: one that was removed, with its history, or one that never was. */
export function GoneEnvironment({ name, id }: { name: string; id?: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentsPage = useRouteRef(environmentsRouteRef);
  const {
    data: removed,
    error,
    isLoading,
    reload,
  } = useRemovedEnvironment({ name, id });
  const allEnvironments = (
    <ButtonLink variant="secondary" href={environmentsPage?.()}>
      {t('gone.allEnvironments')}
    </ButtonLink>
  );
  return (
    <>
      <PageFrame
        title={name}
        customActions={removed ? allEnvironments : undefined}
      />
      <Container>
        {isLoading && <Skeleton width="100%" height={240} />}
        {error && (
          <ErrorPanel
            title={t('environment.failed', { name })}
            error={error}
            onRetry={reload}
          />
        )}
        {removed === null && (
          <EmptyState
            title={t('gone.unknown', { name })}
            description={t('gone.unknownDescription')}
            action={allEnvironments}
          />
        )}
        {removed && <History environment={removed} />}
      </Container>
    </>
  );
}

function History({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { id, name, createdAt, removedAt } = environment;
  const { data, error, reload } = useOperations({
    environment: id,
    limit: SHOWN_OPERATIONS,
  });
  return (
    <div className={styles.tab}>
      <Text as="p">
        {t('gone.removed', { name })}{' '}
        {removedAt && (
          <Text color="secondary">
            {t('gone.removedAt')} <RelativeTime at={removedAt} />
          </Text>
        )}
      </Text>
      <section>
        <Text as="h3" variant="title-x-small">
          {t('operations.past')}
        </Text>
        {error && (
          <ErrorPanel
            title={t('operations.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {(data || !error) && <OperationsTable operations={data} />}
      </section>
      <Suspense fallback={<Skeleton width="100%" height={320} />}>
        <MonthCost of={id} since={createdAt} until={removedAt} />
        <section>
          <Text as="h3" variant="title-x-small">
            {t('settings.history')}
          </Text>
          <RevisionHistory of={id} environmentId={id} />
        </section>
      </Suspense>
    </div>
  );
}
