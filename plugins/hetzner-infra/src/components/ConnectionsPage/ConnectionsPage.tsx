import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Link, Text } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import {
  connectionManagePermission,
  type Connection,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useConnections } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PageHeader } from '../../ui/PageHeader';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { CheckConnection } from './CheckConnection';
import styles from './ConnectionsPage.module.css';
import { DeleteConnection } from './DeleteConnection';
import { EditConnection } from './EditConnection';

/** The connections to providers: who owns them, what uses them, whether they work. */
export function ConnectionsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useConnections();
  const { allowed } = usePermission({ permission: connectionManagePermission });
  const columns = useColumns({ canManage: allowed, onChange: reload });
  const addButton = allowed && <EditConnection onSaved={reload} />;
  return (
    <main>
      <PageHeader
        title={t('connections.title')}
        description={t('connections.description')}
        customActions={data?.length ? addButton : undefined}
      />
      <Container>
        {error && (
          <ErrorPanel
            title={t('connections.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {(data || !error) && (
          <DataTable
            label={t('connections.title')}
            columns={columns}
            items={data}
            rowId={({ name }) => name}
            rowText={({ name }) => name}
            empty={
              <EmptyState
                title={t('connections.empty.title')}
                description={t('connections.empty.description')}
                action={addButton}
              />
            }
          />
        )}
      </Container>
    </main>
  );
}

function useColumns(props: {
  canManage: boolean;
  onChange: () => void;
}): DataColumn<Connection>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const columns: DataColumn<Connection>[] = [
    {
      id: 'name',
      label: t('connections.columns.name'),
      isRowHeader: true,
      cell: ({ name }) => name,
    },
    {
      id: 'kind',
      label: t('connections.columns.kind'),
      cell: ({ kind }) => t(`connectionKind.${kind}`),
    },
    {
      id: 'owner',
      label: t('connections.columns.owner'),
      cell: ({ owner }) => <EntityLink entityRef={owner} />,
    },
    {
      id: 'environments',
      label: t('connections.columns.environments'),
      cell: ({ environments }) => <UsedBy environments={environments} />,
    },
    {
      id: 'origin',
      label: t('connections.columns.origin'),
      cell: ({ origin }) => t(`connectionOrigin.${origin}`),
    },
    {
      id: 'checkedAt',
      label: t('connections.columns.checkedAt'),
      cell: connection => <LastCheck connection={connection} />,
    },
  ];
  if (props.canManage) {
    columns.push({
      id: 'actions',
      label: t('connections.columns.actions'),
      cell: connection => (
        <Actions connection={connection} onChange={props.onChange} />
      ),
    });
  }
  return columns;
}

/** When it was looked at last, and what was wrong with it then. */
function LastCheck({ connection }: { connection: Connection }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { checkedAt, problem } = connection;
  return (
    <span className={styles.check}>
      {checkedAt ? (
        <RelativeTime at={checkedAt} />
      ) : (
        t('connections.neverChecked')
      )}
      {problem && (
        <Text as="span" className={styles.problem}>
          <RiAlertLine size={14} aria-hidden="true" /> {problem}
        </Text>
      )}
    </span>
  );
}

function UsedBy({ environments }: { environments: readonly string[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  if (environments.length === 0) return <>{t('connections.unused')}</>;
  return (
    <span className={styles.environments}>
      {environments.map(name => (
        <Link key={name} href={environmentPage?.({ name })}>
          {name}
        </Link>
      ))}
    </span>
  );
}

/** What the configuration brought can only be changed there; what is in use stays. */
function Actions(props: { connection: Connection; onChange: () => void }) {
  const { connection, onChange } = props;
  const { name, kind, origin, environments } = connection;
  const isOurs = origin === 'api';
  return (
    <span className={styles.actions}>
      <CheckConnection name={name} />
      {isOurs && kind === 'hetzner' && (
        <EditConnection existing={connection} onSaved={onChange} />
      )}
      {isOurs && environments.length === 0 && (
        <DeleteConnection name={name} onDeleted={onChange} />
      )}
    </span>
  );
}
