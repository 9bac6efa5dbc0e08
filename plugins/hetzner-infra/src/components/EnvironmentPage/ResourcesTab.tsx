import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import type {
  Environment,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useResources } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { InstantsInText } from '../../ui/InstantsInText';
import { MonthlyMoney } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { kindInWords } from '../kindInWords';
import styles from './EnvironmentPage.module.css';
import { groupByKind } from './groupByKind';

/** What exists at the provider, grouped by kind, with drift in words. */
export function ResourcesTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const columns = useColumns();
  const { data, error, reload } = useResources(environment.name);
  if (!data) {
    return error ? (
      <ErrorPanel
        title={t('resources.failed')}
        error={error}
        onRetry={reload}
      />
    ) : (
      <DataTable
        label={t('resources.title')}
        columns={columns}
        items={undefined}
        rowId={({ name }) => name}
        rowText={({ name }) => name}
      />
    );
  }
  const drifted = data.items.filter(({ drift }) => drift.length > 0).length;
  return (
    <div className={styles.tab}>
      {error && (
        <ErrorPanel
          title={t('resources.failed')}
          error={error}
          onRetry={reload}
        />
      )}
      {data.items.length === 0 ? (
        <EmptyState
          title={t('resources.empty.title')}
          description={t('resources.empty.description')}
        />
      ) : (
        <Text as="p">
          {drifted > 0
            ? t('resources.drifted', { count: drifted })
            : t('resources.asWanted')}{' '}
          <Text color="secondary">
            {t('resources.observed')} <RelativeTime at={data.observedAt} />
          </Text>
        </Text>
      )}
      {groupByKind(data.items).map(([kind, resources]) => (
        <section key={kind}>
          <Text as="h3" variant="title-x-small">
            {kindInWords(kind)} ({resources.length})
          </Text>
          <DataTable
            label={kindInWords(kind)}
            columns={columns}
            items={resources}
            rowId={({ name }) => name}
            rowText={({ name }) => name}
          />
        </section>
      ))}
    </div>
  );
}

function useColumns(): DataColumn<Resource>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return [
    {
      id: 'name',
      width: '22%',
      label: t('resources.columns.name'),
      isRowHeader: true,
      cell: ({ name, consoleUrl }) =>
        consoleUrl ? <Link href={consoleUrl}>{name}</Link> : name,
    },
    {
      id: 'state',
      width: '9%',
      label: t('resources.columns.state'),
      cell: ({ state }) => state,
    },
    {
      id: 'drift',
      width: '15%',
      label: t('resources.columns.drift'),
      cell: ({ drift }) => <Drift drift={drift} />,
    },
    {
      id: 'details',
      width: '24%',
      label: t('resources.columns.details'),
      cell: ({ details }) => <Details details={details} />,
    },
    {
      id: 'providerId',
      width: '10%',
      label: t('resources.columns.providerId'),
      isFigure: true,
      cell: ({ providerId }) => providerId,
    },
    {
      id: 'cost',
      width: '11%',
      label: t('resources.columns.cost'),
      isFigure: true,
      cell: ({ monthly, currency }) =>
        monthly !== undefined && currency !== undefined ? (
          <MonthlyMoney amount={monthly} currency={currency} />
        ) : (
          t('resources.free')
        ),
    },
    {
      id: 'labels',
      width: '9%',
      label: t('resources.columns.labels'),
      isWideOnly: true,
      cell: ({ name, labels }) => <Labels name={name} labels={labels} />,
    },
  ];
}

function Drift({ drift }: { drift: readonly string[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  if (drift.length === 0) {
    return (
      <span className={styles.asWanted}>
        <RiCheckLine size={14} aria-hidden="true" /> {t('resources.noDrift')}
      </span>
    );
  }
  return (
    <span className={styles.drift}>
      {drift.map(difference => (
        <span key={difference} className={styles.difference}>
          <RiAlertLine size={14} aria-hidden="true" /> {difference}
        </span>
      ))}
    </span>
  );
}

function Details({ details = {} }: { details?: Record<string, string> }) {
  return (
    <span className={styles.details}>
      {Object.entries(details).map(([label, value]) => (
        <span key={label}>
          <span className={styles.detailLabel}>{label}</span>{' '}
          <InstantsInText text={value} />
        </span>
      ))}
    </span>
  );
}

function Labels(props: { name: string; labels: Record<string, string> }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const entries = Object.entries(props.labels);
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>{t('resources.labels', { count: entries.length })}</summary>
      <ul
        className={styles.labels}
        aria-label={t('resources.labelsOf', { name: props.name })}
      >
        {entries.map(([key, value]) => (
          <li key={key}>{`${key}=${value}`}</li>
        ))}
      </ul>
    </details>
  );
}
