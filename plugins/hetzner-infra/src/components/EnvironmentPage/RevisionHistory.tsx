import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Skeleton, Text } from '@backstage/ui';
import { RiCheckboxCircleLine, RiTimeLine } from '@remixicon/react';
import {
  documentChanges,
  type Revision,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { stringify } from 'yaml';
import { useRevision, useRevisions } from '../../api/queries';
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
import { usePlaceInWords } from '../../words/usePlaceInWords';
import { EntityLink } from '../EntityLink';
import styles from './EnvironmentPage.module.css';

/** The documents that an environment, by name or id, had: when, by whom, what changed; kept fresh. */
export function RevisionHistory(props: { of: string; environmentId: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { of, environmentId } = props;
  const [chosen, choose, hrefOf] = useSearchParam('revision');
  const [pages, setPages] = useState(1);
  const { data, error, isLoading, reload } = useRevisions(
    of,
    environmentId,
    pages,
  );
  const columns = useColumns(revision => hrefOf(String(revision)), data);
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
        isOpen={data !== undefined && chosen !== undefined}
        onClose={() => choose(undefined)}
        title={t('settings.revision', { number: chosen ?? '' })}
      >
        {data && chosen !== undefined && (
          <ChosenRevision
            of={of}
            environmentId={environmentId}
            number={chosen}
            listed={data.items}
          />
        )}
      </Drawer>
    </>
  );
}

/** A revision's number as the address has it. */
const NUMBER = /^[1-9]\d{0,8}$/;

/** The revision that the address names, whether the list reaches so far back or not. */
function ChosenRevision(props: {
  of: string;
  environmentId: string;
  number: string;
  listed: readonly Revision[];
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { of, environmentId, number, listed } = props;
  const known = listed.find(({ revision }) => String(revision) === number);
  const source = known && before(listed, known);
  const isWhole = known && (source || known.previous === undefined);
  const isNumber = NUMBER.test(number);
  const older = useRevision(
    of,
    environmentId,
    isNumber && !isWhole ? Number(number) : undefined,
  );
  const revision = known ?? older.data?.revision;
  const isUnknown = !isNumber || older.data === null;
  return (
    <>
      {older.error && (
        <ErrorPanel
          title={t('settings.revisionFailed', { number })}
          error={older.error}
          onRetry={older.reload}
        />
      )}
      {revision && (
        <RevisionDetails
          revision={revision}
          before={source ?? older.data?.before}
        />
      )}
      {!revision && isUnknown && (
        <Text as="p">{t('settings.noRevision', { number })}</Text>
      )}
      {!revision && !isUnknown && !older.error && (
        <Skeleton width="100%" height={240} />
      )}
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
  const placeOf = usePlaceInWords();
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
                  <dt title={path}>{placeOf(path)}</dt>
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
