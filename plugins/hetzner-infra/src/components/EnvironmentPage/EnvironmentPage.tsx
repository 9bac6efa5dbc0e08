import {
  BreadcrumbEntry,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Container, Skeleton } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useEnvironment, useResources } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyTotals } from '../../ui/Money';
import { PageFrame } from '../PageFrame';
import { useSearchParam } from '../../ui/useSearchParam';
import { ENVIRONMENT_ID_PARAM } from '../environmentAddress';
import { useHealthSentence } from '../EnvironmentHealth/useHealthSentence';
import { EnvironmentBadge } from '../StateBadges/EnvironmentBadge';
import { EnvironmentActions } from './EnvironmentActions';
import styles from './EnvironmentPage.module.css';
import { GoneEnvironment } from './GoneEnvironment';
import { OverviewTab } from './OverviewTab';

// Most who come want the overview; each other tab is fetched by who opens it.
const OperationsTab = lazy(() =>
  import('./OperationsTab').then(module => ({ default: module.OperationsTab })),
);
const ResourcesTab = lazy(() =>
  import('./ResourcesTab').then(module => ({ default: module.ResourcesTab })),
);
const CostTab = lazy(() =>
  import('./CostTab').then(module => ({ default: module.CostTab })),
);
const SettingsTab = lazy(() =>
  import('./SettingsTab').then(module => ({ default: module.SettingsTab })),
);

const TABS = [
  'overview',
  'operations',
  'resources',
  'cost',
  'settings',
] as const;

/** One environment: its state in a sentence, what can be done, then the evidence in tabs. */
export function EnvironmentPage() {
  const { name = '' } = useParams();
  const [id] = useSearchParam(ENVIRONMENT_ID_PARAM);
  const environmentPage = useRouteRef(environmentRouteRef);
  return (
    <BreadcrumbEntry
      entry={{ label: name, href: environmentPage?.({ name }) ?? '' }}
    >
      <NamedEnvironment key={`${name} ${id}`} name={name} id={id} />
    </BreadcrumbEntry>
  );
}

function NamedEnvironment(props: {
  name: string;
  /** Of all that had the name, the one that is meant; without it the one that has it. */
  id: string | undefined;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, id } = props;
  const { data, error, reload } = useEnvironment(name);
  const isAnother = id !== undefined && data !== undefined && data.id !== id;
  if (error?.status === 404 || isAnother) {
    return <GoneEnvironment name={name} id={id} />;
  }
  return (
    <>
      {data ? (
        <EnvironmentHeader environment={data} />
      ) : (
        <PageFrame title={name} />
      )}
      <Container>
        {error && (
          <ErrorPanel
            title={t('environment.failed', { name })}
            error={error}
            onRetry={reload}
          />
        )}
        {!data && !error && <Skeleton width="100%" height={480} />}
        {data && (
          <Suspense fallback={<Skeleton width="100%" height={480} />}>
            <Routes>
              <Route index element={<OverviewTab environment={data} />} />
              <Route
                path="operations"
                element={<OperationsTab environment={data} />}
              />
              <Route
                path="resources"
                element={<ResourcesTab environment={data} />}
              />
              <Route path="cost" element={<CostTab environment={data} />} />
              <Route
                path="settings"
                element={<SettingsTab environment={data} />}
              />
              <Route path="*" element={<Navigate to=".." replace />} />
            </Routes>
          </Suspense>
        )}
      </Container>
    </>
  );
}

function EnvironmentHeader({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const base = useRouteRef(environmentRouteRef)?.({ name: environment.name });
  const { '*': tab } = useParams();
  const resources = useResources(environment);
  return (
    <PageFrame
      title={environment.name}
      description={useHealthSentence(environment, resources)}
      customActions={<EnvironmentActions environment={environment} />}
      metadata={[
        {
          label: t('environments.columns.state'),
          value: (
            <EnvironmentBadge
              environment={environment}
              resources={resources.data?.items}
              isUnknown={!!resources.error}
            />
          ),
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
      tabs={TABS.map(id => ({
        id,
        label: t(`environment.tab.${id}`),
        href: id === 'overview' ? `${base}` : `${base}/${id}`,
      }))}
      activeTabId={tab || 'overview'}
    />
  );
}
