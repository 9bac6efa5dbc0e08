import {
  BreadcrumbEntry,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Container, Skeleton } from '@backstage/ui';
import {
  environmentOperatePermission,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useEnvironment } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyTotals } from '../../ui/Money';
import { PageHeader } from '../../ui/PageHeader';
import { EnvironmentBadge } from '../StateBadges/EnvironmentBadge';
import { useRemoveEnvironmentHref } from '../templateLinks';
import styles from './EnvironmentPage.module.css';
import { GoneEnvironment } from './GoneEnvironment';
import { OperationsTab } from './OperationsTab';
import { OverviewTab } from './OverviewTab';
import { isProtected } from './protection';
import { ReconcileEnvironment } from './ReconcileEnvironment';
import { ResourcesTab } from './ResourcesTab';

/** One environment: its state in a sentence, what can be done, then the evidence in tabs. */
export function EnvironmentPage() {
  const { name = '' } = useParams();
  const environmentPage = useRouteRef(environmentRouteRef);
  return (
    <BreadcrumbEntry
      entry={{ label: name, href: environmentPage?.({ name }) ?? '' }}
    >
      <NamedEnvironment key={name} name={name} />
    </BreadcrumbEntry>
  );
}

function NamedEnvironment({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useEnvironment(name);
  if (error?.status === 404) return <GoneEnvironment name={name} />;
  return (
    <>
      {data ? (
        <EnvironmentHeader environment={data} />
      ) : (
        <PageHeader title={name} />
      )}
      <Container>
        {error && (
          <ErrorPanel
            title={t('environment.failed', { name })}
            error={error}
            onRetry={reload}
          />
        )}
        {!data && !error && <Skeleton height={480} />}
        {data && (
          <Routes>
            <Route index element={<OverviewTab environment={data} />} />
            <Route
              path="resources"
              element={<ResourcesTab environment={data} />}
            />
            <Route
              path="operations"
              element={<OperationsTab environment={data} />}
            />
            <Route path="*" element={<Navigate to=".." replace />} />
          </Routes>
        )}
      </Container>
    </>
  );
}

function EnvironmentHeader({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const base = useRouteRef(environmentRouteRef)?.({ name: environment.name });
  const { '*': tab } = useParams();
  const tabs = [
    { id: 'overview', label: t('environment.tab.overview'), href: `${base}` },
    {
      id: 'resources',
      label: t('environment.tab.resources'),
      href: `${base}/resources`,
    },
    {
      id: 'operations',
      label: t('environment.tab.operations'),
      href: `${base}/operations`,
    },
  ];
  return (
    <PageHeader
      title={environment.name}
      description={environment.sentence}
      customActions={<Actions environment={environment} />}
      metadata={[
        {
          label: t('environments.columns.state'),
          value: <EnvironmentBadge state={environment.state} />,
        },
        {
          label: t('environments.columns.cost'),
          value: (
            <span className={styles.metadata}>
              <MonthlyTotals totals={environment.monthly} />
            </span>
          ),
        },
      ]}
      tabs={tabs}
      activeTabId={tab || 'overview'}
    />
  );
}

function Actions({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, state } = environment;
  const removeHref = useRemoveEnvironmentHref(name);
  const { allowed } = usePermission({
    permission: environmentOperatePermission,
    resourceRef: name,
  });
  const canReconcile = state === 'ready' || state === 'failed';
  return (
    <span className={styles.actions}>
      {allowed && canReconcile && <ReconcileEnvironment name={name} />}
      {removeHref && state !== 'removing' && !isProtected(environment) && (
        <ButtonLink variant="secondary" href={removeHref}>
          {t('environment.remove')}
        </ButtonLink>
      )}
    </span>
  );
}
