import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, SearchField, Switch, Text } from '@backstage/ui';
import type {
  Environment,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useSearchParams } from 'react-router-dom';
import { useResources } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { Drawer } from '../../ui/Drawer';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { InstantsInText } from '../../ui/InstantsInText';
import { MonthlyMoney } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { useSearchParam } from '../../ui/useSearchParam';
import { Drift } from '../Resource/Drift';
import { ProviderId, ResourceDetails } from '../Resource/ResourceDetails';
import { ResourceState } from '../Resource/ResourceState';
import { useKindInWords } from '../../words/useKindInWords';
import { DriftHistory } from './DriftHistory';
import { useCanReconcile } from './EnvironmentActions';
import styles from './EnvironmentPage.module.css';
import { groupByKind } from './groupByKind';
import { ReconcileEnvironment } from './ReconcileEnvironment';
import { matches } from './resourceFilter';
import { useDetailsInWords } from '../../words/useDetailsInWords';

/** What exists at the provider, grouped by kind, with drift in words. The address holds filter and open resource. */
export function ResourcesTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [, setParams] = useSearchParams();
  const [search = '', setSearch] = useSearchParam('search', { isStep: false });
  const [differs, setDiffers] = useSearchParam('differs', { isStep: false });
  const [chosen, choose, hrefOf] = useSearchParam('resource');
  const { data, error, reload } = useResources(environment);
  const onlyDrifted = differs === 'yes';
  const open = data?.items.find(({ name }) => name === chosen);
  const shown = data?.items.filter(
    resource =>
      matches(resource, search) && (!onlyDrifted || resource.drift.length > 0),
  );
  return (
    <div className={styles.tab}>
      {error && (
        <ErrorPanel
          title={t('resources.failed')}
          error={error}
          onRetry={reload}
        />
      )}
      {data && data.items.length === 0 && (
        <EmptyState
          title={t('resources.empty.title')}
          description={t('resources.empty.description')}
        />
      )}
      {data && data.items.length > 0 && (
        <>
          <DriftSummary
            environment={environment}
            resources={data.items}
            observedAt={data.observedAt}
          />
          <div className={styles.filters}>
            <SearchField
              size="small"
              label={t('resources.search')}
              placeholder={t('resources.searchFor')}
              value={search}
              onChange={setSearch}
            />
            <Switch
              label={t('resources.onlyDrifted')}
              isSelected={onlyDrifted}
              onChange={on => setDiffers(on ? 'yes' : undefined)}
            />
          </div>
        </>
      )}
      {data && data.items.length > 0 && shown?.length === 0 && (
        <EmptyState
          title={t('resources.noMatch')}
          action={
            <Button
              variant="secondary"
              onPress={() =>
                setParams(new URLSearchParams(), { replace: true })
              }
            >
              {t('environments.clearFilter')}
            </Button>
          }
        />
      )}
      {(data || !error) && (
        <Groups resources={shown} hrefOf={({ name }) => hrefOf(name)} />
      )}
      <DriftHistory environment={environment} />
      <Drawer
        isOpen={open !== undefined}
        onClose={() => choose(undefined)}
        title={open?.name ?? ''}
      >
        {open && <ResourceDetails resource={open} />}
      </Drawer>
    </div>
  );
}

/** How much differs and since when it is known, with the way to put it right. */
function DriftSummary(props: {
  environment: Environment;
  resources: readonly Resource[];
  observedAt: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environment, resources, observedAt } = props;
  const canReconcile = useCanReconcile(environment);
  const drifted = resources.filter(({ drift }) => drift.length > 0).length;
  return (
    <div className={styles.driftSummary}>
      <Text as="p">
        {drifted > 0
          ? t('resources.drifted', { count: drifted })
          : t('resources.asWanted')}{' '}
        <Text color="secondary">
          {t('resources.observed')} <RelativeTime at={observedAt} />
        </Text>
      </Text>
      {drifted > 0 && canReconcile && (
        <ReconcileEnvironment
          environment={environment}
          trigger={
            <Button variant="primary" size="small">
              {t('reconcile.open')}
            </Button>
          }
        />
      )}
    </div>
  );
}

function Groups(props: {
  resources: readonly Resource[] | undefined;
  /** Where the details of a resource stand. */
  hrefOf: (resource: Resource) => string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const kindInWords = useKindInWords();
  const columns = useColumns(props.hrefOf);
  const { resources } = props;
  if (!resources) {
    return (
      <DataTable
        label={t('resources.title')}
        columns={columns}
        items={undefined}
        rowId={({ name }) => name}
        rowText={({ name }) => name}
      />
    );
  }
  return (
    <>
      {groupByKind(resources).map(([kind, group]) => (
        <section key={kind}>
          <Text as="h3" variant="title-x-small">
            {kindInWords(kind)} ({group.length})
          </Text>
          <DataTable
            label={kindInWords(kind)}
            columns={columns}
            items={group}
            rowId={({ name }) => name}
            rowText={({ name }) => name}
          />
        </section>
      ))}
    </>
  );
}

function useColumns(
  hrefOf: (resource: Resource) => string,
): DataColumn<Resource>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return [
    {
      id: 'name',
      width: '21%',
      label: t('resources.columns.name'),
      isRowHeader: true,
      cell: resource => (
        <Link href={hrefOf(resource)} weight="bold">
          {resource.name}
        </Link>
      ),
    },
    {
      id: 'state',
      width: '18%',
      label: t('resources.columns.state'),
      cell: resource => <ResourceState resource={resource} />,
    },
    {
      id: 'drift',
      width: '14%',
      label: t('resources.columns.drift'),
      cell: resource => <Drift resource={resource} />,
    },
    {
      id: 'details',
      width: '23%',
      label: t('resources.columns.details'),
      cell: resource => <Details resource={resource} />,
    },
    {
      id: 'providerId',
      width: '12%',
      label: t('resources.columns.providerId'),
      isFigure: true,
      cell: resource => <ProviderId resource={resource} />,
    },
    {
      id: 'cost',
      width: '12%',
      label: t('resources.columns.cost'),
      isFigure: true,
      cell: ({ monthly, currency, state }) =>
        monthly !== undefined && currency !== undefined ? (
          <MonthlyMoney amount={monthly} currency={currency} />
        ) : (
          <span className={styles.quiet}>
            {state === 'missing' ? '–' : t('resources.free')}
          </span>
        ),
    },
  ];
}

function Details({ resource }: { resource: Resource }) {
  const detailsOf = useDetailsInWords();
  return (
    <span className={styles.details}>
      {detailsOf(resource)
        // It stands in a column of its own.
        .filter(({ key }) => key !== 'Status')
        .map(({ key, label, value }) => (
          <span key={key}>
            <span className={styles.detailLabel}>{label}</span>{' '}
            <InstantsInText text={value} />
          </span>
        ))}
    </span>
  );
}
