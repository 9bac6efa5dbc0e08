import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Link } from '@backstage/ui';
import {
  connectionManagePermission,
  type Connection,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useConnections } from '../../api/queries';
import { environmentsRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PageFrame } from '../PageFrame';
import { EntityLink } from '../EntityLink';
import { useSearchParam } from '../../ui/useSearchParam';
import { CheckConnection } from './CheckConnection';
import { ConnectionDrawer } from './ConnectionDrawer';
import { ConnectionState } from './ConnectionState';
import { KINDS } from './connectionForm';
import styles from './ConnectionsPage.module.css';
import { DeleteConnection } from './DeleteConnection';
import { EditConnection } from './EditConnection';

/** The connections to providers: who owns them, what uses them, whether they work. */
export function ConnectionsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useConnections();
  const [open, setOpen] = useSearchParam('connection');
  const { allowed } = usePermission({ permission: connectionManagePermission });
  const columns = useColumns({ canManage: allowed, onChange: reload });
  const none = allowed ? 'empty' : 'noneToSee';
  const addButton = allowed && <EditConnection onSaved={reload} />;
  return (
    <main>
      <PageFrame
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
        <ConnectionDrawer
          connection={data?.find(({ name }) => name === open)}
          onClose={() => setOpen(undefined)}
        />
        {(data || !error) && (
          <DataTable
            label={t('connections.title')}
            columns={columns}
            items={data}
            rowId={({ name }) => name}
            rowText={({ name }) => name}
            empty={
              <EmptyState
                title={t(`connections.${none}.title`)}
                description={t(`connections.${none}.description`)}
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
      cell: ({ name }) => (
        <Link
          href={`?${new URLSearchParams({ connection: name })}`}
          weight="bold"
        >
          {name}
        </Link>
      ),
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
      cell: connection => <UsedBy connection={connection} />,
    },
    {
      id: 'origin',
      label: t('connections.columns.origin'),
      cell: ({ origin }) => t(`connectionOrigin.${origin}`),
    },
    {
      id: 'checkedAt',
      label: t('connections.columns.checkedAt'),
      cell: connection => <ConnectionState connection={connection} />,
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

/** How many environments use it, leading to them. */
function UsedBy({ connection }: { connection: Connection }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentsPage = useRouteRef(environmentsRouteRef);
  const { name, environments } = connection;
  if (environments.length === 0) return <>{t('connections.unused')}</>;
  return (
    <Link
      href={`${environmentsPage?.()}?${new URLSearchParams({
        connection: name,
      })}`}
    >
      {t('connections.usedBy', { count: environments.length })}
    </Link>
  );
}

/** What the configuration brought can only be changed there; what is in use stays. */
function Actions(props: { connection: Connection; onChange: () => void }) {
  const { connection, onChange } = props;
  const { name, kind, origin, environments } = connection;
  const isEditable = KINDS.some(editable => editable === kind);
  const isOurs = origin === 'api';
  return (
    <span className={styles.actions}>
      <CheckConnection name={name} />
      {isOurs && isEditable && (
        <EditConnection existing={connection} onSaved={onChange} />
      )}
      {isOurs && environments.length === 0 && (
        <DeleteConnection name={name} onDeleted={onChange} />
      )}
    </span>
  );
}
