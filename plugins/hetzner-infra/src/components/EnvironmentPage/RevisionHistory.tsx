import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import { RiCheckboxCircleLine, RiTimeLine } from '@remixicon/react';
import {
  documentChanges,
  type Revision,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { stringify } from 'yaml';
import { useRevisions } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { CodeBlock } from '../../ui/CodeBlock';
import { CopyButton } from '../../ui/CopyButton';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { Drawer } from '../../ui/Drawer';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyTotals } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { StatusBadge } from '../../ui/StatusBadge';
import { useSearchParam } from '../../ui/useSearchParam';
import { EntityLink } from '../EntityLink';
import styles from './EnvironmentPage.module.css';

/** The documents that an environment, by name or id, had: when, by whom, what changed. */
export function RevisionHistory({ of }: { of: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [chosen, choose, hrefOf] = useSearchParam('revision');
  const [pages, setPages] = useState(1);
  const { data, error, isLoading, reload } = useRevisions(of, pages);
  const columns = useColumns(revision => hrefOf(String(revision)), data);
  const open = data?.items.find(({ revision }) => String(revision) === chosen);
  if (error && !data) {
    return (
      <ErrorPanel
        title={t('settings.historyFailed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  return (
    <>
      <DataTable
        label={t('settings.history')}
        columns={columns}
        items={data?.items}
        rowId={({ revision }) => String(revision)}
        rowText={({ revision }) => String(revision)}
      />
      {error && data && (
        <ErrorPanel
          title={t('settings.historyFailed')}
          error={error}
          onRetry={reload}
        />
      )}
      {data?.nextCursor && (
        <Button
          variant="secondary"
          size="small"
          isPending={isLoading}
          onPress={() => setPages(pages + 1)}
        >
          {t('settings.older')}
        </Button>
      )}
      <Drawer
        isOpen={open !== undefined}
        onClose={() => choose(undefined)}
        title={
          open ? t('settings.revision', { number: String(open.revision) }) : ''
        }
      >
        {open && (
          <RevisionDetails revision={open} before={before(data?.items, open)} />
        )}
      </Drawer>
    </>
  );
}

/** The one that it was made from; not the number before where that change was cancelled. */
function before(
  revisions: readonly Revision[] | undefined,
  { previous }: Revision,
): Revision | undefined {
  return revisions?.find(({ revision }) => revision === previous);
}

function useColumns(
  hrefOf: (revision: number) => string,
  history: { current: number; applied?: number; items: Revision[] } | undefined,
): DataColumn<Revision>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return [
    {
      id: 'revision',
      label: t('settings.columns.revision'),
      isRowHeader: true,
      cell: ({ revision }) => (
        <Link href={hrefOf(revision)} weight="bold">
          {t('settings.revision', { number: String(revision) })}
        </Link>
      ),
    },
    {
      id: 'state',
      label: t('settings.columns.state'),
      cell: ({ revision }) => (
        <span className={styles.badges}>
          {revision === history?.applied && (
            <StatusBadge
              tone="green"
              icon={RiCheckboxCircleLine}
              word={t('settings.applied')}
            />
          )}
          {revision === history?.current && revision !== history.applied && (
            <StatusBadge
              tone="blue"
              icon={RiTimeLine}
              word={t('settings.wanted')}
            />
          )}
        </span>
      ),
    },
    {
      id: 'createdAt',
      label: t('settings.columns.when'),
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'createdBy',
      label: t('settings.columns.who'),
      cell: ({ createdBy }) => <EntityLink entityRef={createdBy} />,
    },
    {
      id: 'changes',
      label: t('settings.columns.changes'),
      cell: revision => {
        const earlier = before(history?.items, revision);
        if (earlier) {
          return t('settings.changes', {
            count: documentChanges(earlier.document, revision.document).length,
          });
        }
        return revision.previous === undefined
          ? t('settings.first')
          : t('settings.since', { number: String(revision.previous) });
      },
    },
    {
      id: 'cost',
      label: t('environments.columns.cost'),
      isFigure: true,
      cell: ({ monthly }) => <MonthlyTotals totals={monthly} />,
    },
  ];
}

function RevisionDetails(props: { revision: Revision; before?: Revision }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { revision, before: earlier } = props;
  const yaml = stringify(revision.document);
  const changes = earlier
    ? documentChanges(earlier.document, revision.document)
    : [];
  return (
    <div className={styles.tab}>
      {earlier && (
        <section>
          <Text as="h4" variant="body-medium" weight="bold">
            {t('settings.against', { number: String(earlier.revision) })}
          </Text>
          {changes.length === 0 ? (
            <Text as="p" color="secondary">
              {t('settings.noChange')}
            </Text>
          ) : (
            <dl className={styles.changes}>
              {changes.map(({ path, from, to }) => (
                <div key={path}>
                  <dt>{path}</dt>
                  <dd>
                    <del>{from ?? '–'}</del> → <ins>{to ?? '–'}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      )}
      <section>
        <div className={styles.sectionHead}>
          <Text as="h4" variant="body-medium" weight="bold">
            {t('environment.document')}
          </Text>
          <CopyButton text={yaml} label={t('settings.copy')} />
        </div>
        <CodeBlock label={t('environment.document')} text={yaml} />
      </section>
    </div>
  );
}
