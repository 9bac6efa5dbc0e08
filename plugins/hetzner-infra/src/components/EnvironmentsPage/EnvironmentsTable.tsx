import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, TablePagination } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ReactNode } from 'react';
import { environmentRouteRef, operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { MonthlyTotals } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { addressById } from '../environmentAddress';
import { needsOf } from '../EnvironmentHealth/findings';
import { EnvironmentBadge } from '../StateBadges/EnvironmentBadge';
import { OperationBadge } from '../StateBadges/OperationBadge';
import { SORT_COLUMNS, type EnvironmentFilter } from './environmentFilter';
import { EnvironmentMenu } from './EnvironmentMenu';
import styles from './EnvironmentsPage.module.css';
import { ServerCount } from './ServerCount';

/** More rows than this are shown page by page: a thousand at once would take seconds to draw. */
const PAGE_SIZE = 50;

/** The environments that the filter let through. */
export function EnvironmentsTable(props: {
  environments: readonly Environment[] | undefined;
  filter: EnvironmentFilter;
  onChange: (change: Partial<EnvironmentFilter>) => void;
  empty: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const columns = useColumns();
  const { environments, filter, onChange } = props;
  const total = environments?.length ?? 0;
  const page = Math.min(filter.page, Math.max(1, Math.ceil(total / PAGE_SIZE)));
  const offset = (page - 1) * PAGE_SIZE;
  return (
    <>
      <DataTable
        label={t('environments.title')}
        columns={columns}
        items={environments?.slice(offset, offset + PAGE_SIZE)}
        rowId={({ id }) => id}
        rowText={({ name }) => name}
        sort={filter.sort}
        onSortChange={({ column, direction }) => {
          const known = SORT_COLUMNS.find(id => id === column);
          if (known) onChange({ sort: { column: known, direction } });
        }}
        empty={props.empty}
      />
      {total > PAGE_SIZE && (
        <div className={styles.pagination}>
          <TablePagination
            pageSize={PAGE_SIZE}
            pageSizeOptions={[]}
            offset={offset}
            totalCount={total}
            hasNextPage={offset + PAGE_SIZE < total}
            hasPreviousPage={page > 1}
            onNextPage={() => onChange({ page: page + 1 })}
            onPreviousPage={() => onChange({ page: page - 1 })}
            getLabel={() =>
              t('environments.shown', {
                from: String(offset + 1),
                to: String(Math.min(offset + PAGE_SIZE, total)),
                all: String(total),
              })
            }
          />
        </div>
      )}
    </>
  );
}

/** How many things want somebody, as card and page count them, leading to them. */
function NeedsLink({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, state, drift } = environment;
  const page = useRouteRef(environmentRouteRef)?.({ name });
  const count = needsOf(environment);
  if (count === 0) return null;
  const isOnlyDrift = state !== 'failed' && drift?.open === count;
  return (
    <Link
      href={isOnlyDrift ? `${page}/resources?differs=yes` : page}
      variant="body-small"
    >
      {t('health.needs', { count })}
    </Link>
  );
}

function useColumns(): DataColumn<Environment>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const operationPage = useRouteRef(operationRouteRef);
  return [
    {
      id: 'state',
      label: t('environments.columns.state'),
      isSortable: true,
      cell: environment => (
        <span className={styles.state}>
          <EnvironmentBadge environment={environment} />
          <NeedsLink environment={environment} />
        </span>
      ),
    },
    {
      id: 'name',
      label: t('environments.columns.name'),
      isRowHeader: true,
      isSortable: true,
      cell: ({ id, name, state }) => {
        const page = environmentPage?.({ name });
        return (
          <Link
            href={state === 'removed' ? addressById(page, id) : page}
            weight="bold"
          >
            {name}
          </Link>
        );
      },
    },
    {
      id: 'location',
      label: t('environments.columns.location'),
      isSortable: true,
      cell: ({ location }) => location,
    },
    {
      id: 'servers',
      label: t('environments.columns.servers'),
      isSortable: true,
      isFigure: true,
      cell: environment => <ServerCount environment={environment} />,
    },
    {
      id: 'cost',
      label: t('environments.columns.cost'),
      isSortable: true,
      isFigure: true,
      cell: ({ state, monthly }) =>
        state === 'removed' ? '–' : <MonthlyTotals totals={monthly} />,
    },
    {
      id: 'owner',
      label: t('environments.columns.owner'),
      isSortable: true,
      cell: ({ owner }) => <EntityLink entityRef={owner} />,
    },
    {
      id: 'expires',
      label: t('environments.columns.expires'),
      isSortable: true,
      cell: ({ expiresAt }) =>
        expiresAt ? (
          <RelativeTime at={expiresAt} />
        ) : (
          <span className={styles.quiet}>{t('environments.never')}</span>
        ),
    },
    {
      id: 'operation',
      isWideOnly: true,
      label: t('environments.columns.operation'),
      cell: ({ operation }) =>
        operation ? (
          <Link
            href={operationPage?.({ id: operation.id })}
            standalone
            aria-label={t('environments.operationLink', {
              goal: t(`operationGoal.${operation.goal}`),
              state: t(`operationState.${operation.state}`),
            })}
          >
            <OperationBadge state={operation.state} />
          </Link>
        ) : null,
    },
    {
      id: 'actions',
      label: t('environments.columns.actions'),
      isFigure: true,
      cell: environment => (
        <span className={styles.menu}>
          <EnvironmentMenu environment={environment} />
        </span>
      ),
    },
  ];
}
