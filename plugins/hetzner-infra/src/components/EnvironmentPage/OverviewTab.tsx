import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Skeleton, Text } from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import type {
  Environment,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { lazy, Suspense } from 'react';
import { isTerminalState } from '../../api/operationStates';
import { useOperations, useResources } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { Findings } from '../EnvironmentHealth/Findings';
import { someAnswer } from '../Resource/resourceLook';
import { findingsOf } from '../EnvironmentHealth/findings';
import { ExpiryNotice } from '../Expiry/ExpiryNotice';
import { OperationsTable } from '../OperationsPage/OperationsTable';
import { useTargetsSentence } from '../Resource/ResourceState';
import { useCanReconcile } from './EnvironmentActions';
import { EnvironmentFacts } from './EnvironmentFacts';
import styles from './EnvironmentPage.module.css';
import { ReconcileEnvironment } from './ReconcileEnvironment';
import { RunningOperation } from './RunningOperation';

// The document's schema comes with it.
const LiveTopology = lazy(() =>
  import('./LiveTopology').then(module => ({ default: module.LiveTopology })),
);

const LAST_OPERATIONS = 5;

/** What wants attention, then the picture, then what was done last. */
export function OverviewTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, operation } = environment;
  const base = useRouteRef(environmentRouteRef)?.({ name });
  const resources = useResources(environment);
  const operations = useOperations({
    environment: environment.id,
    limit: LAST_OPERATIONS,
  });
  const findings = findingsOf(environment, resources.data?.items);
  const canReconcile = useCanReconcile(environment);
  return (
    <div className={styles.tab}>
      {operation && !isTerminalState(operation.state) && (
        <RunningOperation key={operation.id} id={operation.id} />
      )}
      <ExpiryNotice environment={environment} />
      <Findings
        findings={findings}
        resourcesHref={`${base}/resources`}
        action={
          canReconcile &&
          findings.some(({ kind }) => kind !== 'some-answer') && (
            <ReconcileEnvironment
              environment={environment}
              trigger={
                <Button variant="primary" size="small">
                  {t('reconcile.open')}
                </Button>
              }
            />
          )
        }
      />
      <section>
        <Text as="h3" variant="title-x-small">
          {t('environment.topology')}
        </Text>
        <TargetsNote resources={resources.data?.items ?? []} />
        {resources.error && !resources.data && (
          <ErrorPanel
            title={t('resources.failed')}
            error={resources.error}
            onRetry={resources.reload}
          />
        )}
        <Suspense fallback={<Skeleton width="100%" height={420} />}>
          <LiveTopology
            environment={environment}
            resources={resources.data?.items}
            isUnknown={!!resources.error && !resources.data}
          />
        </Suspense>
      </section>
      <section>
        <Text as="h3" variant="title-x-small">
          {t('environment.facts')}
        </Text>
        <EnvironmentFacts environment={environment} />
      </section>
      <section>
        <div className={styles.sectionHead}>
          <Text as="h3" variant="title-x-small">
            {t('environment.lastOperations')}
          </Text>
          <Link href={`${base}/operations`}>
            {t('environment.allOperations')}
          </Link>
        </div>
        {operations.error && (
          <ErrorPanel
            title={t('operations.failed')}
            error={operations.error}
            onRetry={operations.reload}
          />
        )}
        {(operations.data || !operations.error) && (
          <OperationsTable
            operations={operations.data}
            empty={<Text color="secondary">{t('operations.none')}</Text>}
          />
        )}
      </section>
    </div>
  );
}

/** Why nothing may answer although everything is as wanted. */
function TargetsNote(props: { resources: readonly Resource[] }) {
  const sentenceOf = useTargetsSentence();
  return props.resources.map(resource => {
    // That some answer is among the findings.
    const sentence = someAnswer(resource) ? undefined : sentenceOf(resource);
    return sentence ? (
      <p key={resource.name} className={styles.note}>
        <RiInformationLine size={16} aria-hidden="true" />
        {sentence}
      </p>
    ) : null;
  });
}
