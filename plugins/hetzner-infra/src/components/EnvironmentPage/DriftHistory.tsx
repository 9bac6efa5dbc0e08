import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { RiAlertLine, RiCheckLine } from '@remixicon/react';
import type {
  DriftFinding,
  Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useDrift, useRefreshAll } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { DataTable, type DataColumn } from '../../ui/DataTable';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { RelativeTime } from '../../ui/RelativeTime';
import { StatusBadge } from '../../ui/StatusBadge';
import { useSubmit } from '../../ui/useSubmit';
import styles from './EnvironmentPage.module.css';
import { toldDifferences } from '../../words/toldDifferences';
import { useDeviations } from '../../words/useDeviations';
import { useKindInWords } from '../../words/useKindInWords';

/** What differed over time, and the way to compare now. */
export function DriftHistory({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const refresh = useRefreshAll();
  const { data, error, reload } = useDrift(environment);
  const [wasRefused, setRefused] = useState(false);
  const look = useSubmit(async () => {
    const { looked } = await api.findDrift(environment.name);
    setRefused(!looked);
    refresh();
  });
  const columns = useColumns();
  return (
    <section>
      <div className={styles.historyHead}>
        <Text as="h3" variant="title-x-small">
          {t('drift.history')}
        </Text>
        {data && (
          <Text color="secondary">
            {data.lookedAt ? (
              <>
                {t('drift.lastLook')} <RelativeTime at={data.lookedAt} />
              </>
            ) : (
              t('drift.neverLooked')
            )}
          </Text>
        )}
        <Button
          variant="secondary"
          size="small"
          isPending={look.isPending}
          onPress={look.submit}
        >
          {t('drift.lookNow')}
        </Button>
        <Text color="secondary" role="status">
          {wasRefused ? t('drift.notLooked') : ''}
        </Text>
      </div>
      {look.error && (
        <ErrorPanel title={t('drift.lookFailed')} error={look.error} />
      )}
      {error && (
        <ErrorPanel title={t('drift.failed')} error={error} onRetry={reload} />
      )}
      {(data || !error) && (
        <DataTable
          label={t('drift.history')}
          columns={columns}
          items={data?.items}
          rowId={({ id }) => id}
          rowText={({ name }) => name}
          empty={<Text color="secondary">{t('drift.none')}</Text>}
        />
      )}
    </section>
  );
}

function useColumns(): DataColumn<DriftFinding>[] {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useDeviations();
  const kindInWords = useKindInWords();
  return [
    {
      id: 'state',
      label: t('drift.columns.state'),
      cell: ({ foundAt, goneAt }) => (
        <span className={styles.expires}>
          <StatusBadge
            tone={goneAt ? 'neutral' : 'amber'}
            icon={goneAt ? RiCheckLine : RiAlertLine}
            word={goneAt ? t('drift.gone') : t('drift.open')}
          />
          <RelativeTime at={goneAt ?? foundAt} />
        </span>
      ),
    },
    {
      id: 'name',
      label: t('drift.columns.name'),
      isRowHeader: true,
      cell: ({ kind, name }) => `${kindInWords(kind)} ${name}`,
    },
    {
      id: 'what',
      label: t('drift.columns.what'),
      cell: finding => (
        <span className={styles.differences}>
          {inWords(toldDifferences(finding))
            .map(({ what, next }) =>
              // What is over has nothing that follows.
              finding.goneAt ? what : [what, next].filter(Boolean).join(' '),
            )
            .join(' ')}
        </span>
      ),
    },
    {
      id: 'found',
      label: t('drift.columns.found'),
      isWideOnly: true,
      cell: ({ foundAt }) => <RelativeTime at={foundAt} />,
    },
  ];
}
