import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Container, Skeleton } from '@backstage/ui';
import {
  environmentCreatePermission,
  platformActPermission,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useConnections, useEnvironments } from '../../api/queries';
import { connectionsRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { LostConnection } from '../LostConnection/LostConnection';
import { useOwnGroups } from '../useOwnGroups';
import { CreateEnvironment } from './CreateEnvironment';
import styles from './CreateEnvironmentPage.module.css';
import {
  defaultConnection,
  defaultObjectStorage,
  defaultOwner,
} from './defaults';

/** Creates an environment: a form, its price beside it, and the order. */
export function CreateEnvironmentPage() {
  const { allowed, loading } = usePermission({
    permission: environmentCreatePermission,
  });
  return (
    <main>
      <LostConnection isOnPage />
      <Container>
        {loading && <PageSkeleton />}
        {!loading && (allowed ? <Gate /> : <Denied />)}
      </Container>
    </main>
  );
}

function PageSkeleton() {
  return (
    <div className={styles.layout}>
      <div className={styles.form}>
        <Skeleton width="100%" height={132} />
        <Skeleton width="100%" height={620} />
      </div>
      <Skeleton width="100%" height={620} />
    </div>
  );
}

function Denied() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <EmptyState
      title={t('create.denied.title')}
      description={t('create.denied.description')}
    />
  );
}

/** Waits for what the form's defaults depend on; without a connection there is nothing to fill in. */
function Gate() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const connectionsRoute = useRouteRef(connectionsRouteRef);
  const connections = useConnections();
  const environments = useEnvironments();
  const groups = useOwnGroups();
  const platform = usePermission({ permission: platformActPermission });
  const failed = [connections, environments].find(
    ({ data, error }) => error && !data,
  );
  if (failed?.error) {
    return (
      <ErrorPanel
        title={t('create.contextFailed')}
        error={failed.error}
        onRetry={failed.reload}
      />
    );
  }
  if (!connections.data || !environments.data || !groups || platform.loading) {
    return <PageSkeleton />;
  }
  const owner = defaultOwner(groups);
  const connection = defaultConnection(connections.data, {
    groups,
    owner,
    isPlatform: platform.allowed,
  });
  if (!connection) {
    const hasAny = connections.data.some(({ kind }) => kind === 'hetzner');
    return (
      <EmptyState
        title={t('create.noConnection.title')}
        description={
          hasAny
            ? t('create.noConnection.notUsable')
            : t('create.noConnection.description')
        }
        action={
          <ButtonLink href={connectionsRoute?.() ?? ''} variant="primary">
            {t('create.noConnection.action')}
          </ButtonLink>
        }
      />
    );
  }
  return (
    <CreateEnvironment
      takenNames={environments.data
        .filter(({ state }) => state !== 'removed')
        .map(({ name }) => name)}
      owner={connection.owner}
      connection={connection.name}
      objectStorage={defaultObjectStorage(connections.data, {
        owner: connection.owner,
        isPlatform: platform.allowed,
      })}
    />
  );
}
