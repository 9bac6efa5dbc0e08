import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, Container, Link, Text } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import {
  orphanAdoptPermission,
  orphanRemovePermission,
  type Orphan,
  type OrphanList,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useOrphans } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyMoney, MonthlyTotals } from '../../ui/Money';
import { PageFrame } from '../PageFrame';
import { RelativeTime } from '../../ui/RelativeTime';
import { useSubmit } from '../../ui/useSubmit';
import { useKindInWords } from '../../words/useKindInWords';
import { AdoptOrphan } from './AdoptOrphan';
import { OrphanReasonBadge } from './OrphanReasonBadge';
import styles from './OrphansPage.module.css';
import { RemoveOrphan } from './RemoveOrphan';
import { useOrphanSentence } from '../../words/useOrphanSentence';

/** What environments and their clusters left behind: why, what it costs, and the way to remove or adopt it. */
export function OrphansPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  // The backend says why not, to who may not see it.
  const { data, error, reload } = useOrphans(true);
  const columns = useColumns(reload);
  const look = useSubmit(async () => {
    await api.listOrphans({ fresh: true });
    await reload();
  });
  const lookAgain = (
    <Button
      variant="secondary"
      size="small"
      iconStart={<RiRefreshLine />}
      isPending={look.isPending}
      onPress={look.submit}
    >
      {t('orphans.lookAgain')}
    </Button>
  );
  return (
    <main>
      <PageFrame
        title={t('orphans.title')}
        description={t('orphans.description')}
      />
      <Container>
        {(error || look.error) && (
          <ErrorPanel
            title={t('orphans.failed')}
            error={(error ?? look.error)!}
            onRetry={reload}
          />
        )}
        {data && <Summary list={data} lookAgain={lookAgain} />}
        {(data || !error) && (
          <DataTable
            label={t('orphans.title')}
            columns={columns}
            items={data?.items}
            rowId={({ id }) => id}
            rowText={({ name }) => name}
            empty={
              <EmptyState
                title={t('orphans.empty.title')}
                description={t('orphans.empty.description')}
              />
            }
          />
        )}
      </Container>
    </main>
  );
}

function Summary(props: { list: OrphanList; lookAgain: JSX.Element }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { items, monthly, observedAt, problems } = props.list;
  return (
    <>
      {problems.length > 0 && (
        <div className={styles.alert}>
          <Alert
            status="warning"
            icon
            title={t('orphans.partial')}
            description={
              <ul className={styles.problems}>
                {problems.map(({ connection, message }) => (
                  <li key={connection}>
                    {connection}: {message}
                  </li>
                ))}
              </ul>
            }
          />
        </div>
      )}
      <div className={styles.summary}>
        {monthly.length > 0 && (
          <Text as="p" variant="title-small">
            <MonthlyTotals totals={monthly} />
          </Text>
        )}
        <Text as="p" color="secondary">
          {t('orphans.count', { count: items.length })}
        </Text>
        <span className={styles.looked}>
          <Text as="span" color="secondary">
            {t('orphans.looked')} <RelativeTime at={observedAt} />
          </Text>
          {props.lookAgain}
        </span>
      </div>
    </>
  );
}

function useColumns(onChange: () => void): DataColumn<Orphan>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useKindInWords();
  const canRemove = usePermission({
    permission: orphanRemovePermission,
  }).allowed;
  const canAdopt = usePermission({ permission: orphanAdoptPermission }).allowed;
  const columns: DataColumn<Orphan>[] = [
    {
      id: 'name',
      label: t('orphans.columns.name'),
      isRowHeader: true,
      cell: orphan => <OrphanName orphan={orphan} />,
    },
    {
      id: 'kind',
      label: t('orphans.columns.kind'),
      cell: ({ kind }) =>
        kind === 'volume' || kind === 'primary-ip'
          ? t(`orphanKind.${kind}`)
          : inWords(kind),
    },
    {
      id: 'reason',
      label: t('orphans.columns.reason'),
      cell: orphan => <Why orphan={orphan} />,
    },
    {
      id: 'connection',
      label: t('orphans.columns.connection'),
      cell: ({ connection }) => connection,
    },
    {
      id: 'age',
      label: t('orphans.columns.age'),
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'cost',
      label: t('orphans.columns.cost'),
      isFigure: true,
      cell: ({ monthly, currency }) =>
        monthly !== undefined && currency !== undefined ? (
          <MonthlyMoney amount={monthly} currency={currency} />
        ) : (
          <Text color="secondary">{t('orphans.free')}</Text>
        ),
    },
  ];
  if (canRemove || canAdopt) {
    columns.push({
      id: 'actions',
      label: t('orphans.columns.actions'),
      isFigure: true,
      cell: orphan => (
        <span className={styles.actions}>
          {canAdopt && orphan.adoptable && <AdoptOrphan orphan={orphan} />}
          {canRemove && !orphan.protectedAtProvider && (
            <RemoveOrphan orphan={orphan} onRemoved={onChange} />
          )}
        </span>
      ),
    });
  }
  return columns;
}

function OrphanName({ orphan }: { orphan: Orphan }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, providerId, labels, consoleUrl } = orphan;
  return (
    <span className={styles.name}>
      <Text weight="bold">{name}</Text>
      <details className={styles.details}>
        <summary>{t('orphans.labels')}</summary>
        <ul>
          <li>
            {t('orphans.providerId')}: {providerId}
          </li>
          {Object.entries(labels).map(([key, value]) => (
            <li key={key}>
              {key}: {value}
            </li>
          ))}
          {consoleUrl && (
            <li>
              <Link href={consoleUrl} target="_blank">
                {t('orphans.console')}
              </Link>
            </li>
          )}
        </ul>
      </details>
    </span>
  );
}

function Why({ orphan }: { orphan: Orphan }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const sentenceOf = useOrphanSentence();
  return (
    <span className={styles.why}>
      <OrphanReasonBadge reason={orphan.reason} />
      <span className={styles.sentence}>{sentenceOf(orphan)}</span>
      {orphan.protectedAtProvider && (
        <span className={styles.sentence}>
          {t('orphans.protectedDescription')}
        </span>
      )}
    </span>
  );
}
