import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ReactNode } from 'react';
import { environmentRouteRef, operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { MonthlyTotals } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { EnvironmentBadge } from '../StateBadges/EnvironmentBadge';
import { OperationBadge } from '../StateBadges/OperationBadge';
import { SORT_COLUMNS, type EnvironmentFilter } from './environmentFilter';

/** The environments that the filter let through. */
export function EnvironmentsTable(props: {
  environments: readonly Environment[] | undefined;
  sort: EnvironmentFilter['sort'];
  onSortChange: (sort: EnvironmentFilter['sort']) => void;
  empty: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const operationPage = useRouteRef(operationRouteRef);
  const columns: DataColumn<Environment>[] = [
    {
      id: 'state',
      label: t('environments.columns.state'),
      isSortable: true,
      cell: ({ state }) => <EnvironmentBadge state={state} />,
    },
    {
      id: 'name',
      label: t('environments.columns.name'),
      isRowHeader: true,
      isSortable: true,
      cell: ({ name }) => (
        <Link href={environmentPage?.({ name })} weight="bold">
          {name}
        </Link>
      ),
    },
    {
      id: 'sentence',
      label: t('environments.columns.sentence'),
      cell: ({ sentence }) => sentence,
    },
    {
      id: 'location',
      label: t('environments.columns.location'),
      isSortable: true,
      cell: ({ location }) => location,
    },
    {
      id: 'owner',
      label: t('environments.columns.owner'),
      isSortable: true,
      cell: ({ owner }) => <EntityLink entityRef={owner} />,
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
      id: 'operation',
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
      id: 'createdAt',
      label: t('environments.columns.createdAt'),
      isSortable: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('environments.title')}
      columns={columns}
      items={props.environments}
      rowId={({ id }) => id}
      rowText={({ name }) => name}
      sort={props.sort}
      onSortChange={({ column, direction }) => {
        const known = SORT_COLUMNS.find(id => id === column);
        if (known) props.onSortChange({ column: known, direction });
      }}
      empty={props.empty}
    />
  );
}
