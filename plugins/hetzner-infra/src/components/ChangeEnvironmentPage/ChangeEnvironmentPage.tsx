import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, ButtonLink, Container, Skeleton } from '@backstage/ui';
import {
  environmentUpdatePermission,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { useEnvironment } from '../../api/queries';
import { environmentRouteRef, operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PageFrame } from '../PageFrame';
import { isBusy } from '../EnvironmentHealth/findings';
import { ChangeEnvironment } from './ChangeEnvironment';
import styles from './ChangeEnvironmentPage.module.css';
import { useEnvironmentSentence } from '../../words/useStateSentence';

/** Changes an environment: how it is as a form, the price of the change beside it, and the order. */
export function ChangeEnvironmentPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name = '' } = useParams();
  return (
    <>
      <PageFrame title={t('change.title', { name })} />
      <Container>
        <Gate key={name} name={name} />
      </Container>
    </>
  );
}

function Gate({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useEnvironment(name);
  const { allowed, loading } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: name,
  });
  if (error && !data) {
    return (
      <ErrorPanel
        title={t('environment.failed', { name })}
        error={error}
        onRetry={reload}
      />
    );
  }
  if (!data || loading) return <Skeleton height={620} />;
  return allowed ? (
    <Form environment={data} />
  ) : (
    <EmptyState
      title={t('change.denied.title', { name })}
      description={t('change.denied.description')}
    />
  );
}

/** The form of the revision that it began with. A younger one is told, never mixed in. */
function Form({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const sentenceOf = useEnvironmentSentence();
  const operationRoute = useRouteRef(operationRouteRef);
  const page = useRouteRef(environmentRouteRef);
  const [base, setBase] = useState(environment);
  const { name, operation } = environment;
  return (
    <div className={styles.page}>
      {environment.revision !== base.revision && (
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('change.stale', { name })}
          customActions={
            <Button
              variant="secondary"
              size="small"
              onPress={() => setBase(environment)}
            >
              {t('change.loadAgain')}
            </Button>
          }
        />
      )}
      {isBusy(environment) && (
        <Alert
          status="info"
          icon
          title={t('change.busy', { name })}
          description={sentenceOf(environment)}
          customActions={
            <ButtonLink
              variant="secondary"
              size="small"
              href={
                (operation
                  ? operationRoute?.({ id: operation.id })
                  : page?.({ name })) ?? ''
              }
            >
              {t('change.openOperation')}
            </ButtonLink>
          }
        />
      )}
      <ChangeEnvironment
        key={base.revision}
        base={base}
        isPossible={
          environment.revision === base.revision && !isBusy(environment)
        }
      />
    </div>
  );
}
