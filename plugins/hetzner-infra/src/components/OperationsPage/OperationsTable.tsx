import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ReactNode } from 'react';
import { environmentRouteRef, operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { ElapsedTime } from '../../ui/ElapsedTime';
import { InstantsInText } from '../../ui/InstantsInText';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { addressById } from '../environmentAddress';
import { OperationBadge } from '../StateBadges/OperationBadge';
import styles from './OperationsList.module.css';
import { useOperationSentence } from '../../words/useStateSentence';

/** Operations, youngest first; of one environment, or of all with a column that names it. */
export function OperationsTable(props: {
  operations: readonly Operation[] | undefined;
  withEnvironment?: boolean;
  empty?: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const sentenceOf = useOperationSentence();
  const environmentColumn: DataColumn<Operation> = {
    id: 'environment',
    width: '14%',
    label: t('operations.columns.environment'),
    cell: ({ environment, environmentId }) => (
      <Link
        href={addressById(
          environmentPage?.({ name: environment }),
          environmentId,
        )}
      >
        {environment}
      </Link>
    ),
  };
  const columns: DataColumn<Operation>[] = [
    {
      id: 'state',
      width: '11rem',
      label: t('operations.columns.state'),
      cell: ({ state }) => <OperationBadge state={state} />,
    },
    {
      id: 'operation',
      width: '18%',
      label: t('operations.columns.operation'),
      isRowHeader: true,
      cell: operation => (
        <Link href={operationPage?.({ id: operation.id })} weight="bold">
          {t(`operation.title.${operation.purpose}`, {
            environment: operation.environment,
          })}
        </Link>
      ),
    },
    ...(props.withEnvironment ? [environmentColumn] : []),
    {
      id: 'sentence',
      label: t('operations.columns.sentence'),
      cell: operation => (
        <span className={styles.sentence} title={sentenceOf(operation)}>
          <InstantsInText text={sentenceOf(operation)} />
        </span>
      ),
    },
    {
      id: 'initiator',
      width: '8.5rem',
      label: t('operations.columns.initiator'),
      cell: ({ initiator }) => <EntityLink entityRef={initiator} />,
    },
    {
      id: 'createdAt',
      width: '10rem',
      label: t('operations.columns.createdAt'),
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'duration',
      width: '7.5rem',
      label: t('operations.columns.duration'),
      isFigure: true,
      cell: ({ startedAt, finishedAt }) =>
        startedAt ? <ElapsedTime from={startedAt} until={finishedAt} /> : '–',
    },
  ];
  return (
    <DataTable
      label={t('operations.title')}
      columns={columns}
      items={props.operations}
      rowId={({ id }) => id}
      rowText={operation =>
        t(`operation.title.${operation.purpose}`, {
          environment: operation.environment,
        })
      }
      empty={props.empty}
    />
  );
}
