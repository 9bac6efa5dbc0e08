import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useOperations } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { OperationFilters } from './OperationFilters';
import styles from './OperationsList.module.css';
import {
  readOperationsFilter,
  writeOperationsFilter,
  type OperationsFilter,
} from './operationsFilter';
import { OperationsTable } from './OperationsTable';

const SHOWN_AT_ONCE = 50;

/** So many more are shown each time. */
const MORE = 150;

/** Operations, youngest first, narrowed by what the address says; of one environment by its id, or of all. */
export function OperationsList(props: {
  environmentId?: string;
  /** Shown elsewhere already. */
  without?: string;
  /** Stands for a list that is empty although nothing narrows it. */
  empty: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environmentId, without } = props;
  const [params, setParams] = useSearchParams();
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const filter = readOperationsFilter(params);
  const change = (part: Partial<OperationsFilter>) => {
    setLimit(SHOWN_AT_ONCE);
    setParams(
      before =>
        writeOperationsFilter(
          { ...readOperationsFilter(before), ...part },
          before,
        ),
      { replace: true },
    );
  };
  const { data, error, reload } = useOperations({
    ...filter,
    environment: environmentId ?? filter.environment,
    limit,
  });
  const isNarrowed = Boolean(
    filter.state || filter.goal || (!environmentId && filter.environment),
  );
  const mayHaveMore = data !== undefined && data.length >= limit;
  return (
    <div className={styles.list}>
      <OperationFilters
        filter={filter}
        withEnvironment={environmentId === undefined}
        onChange={change}
      />
      {error && (
        <ErrorPanel
          title={t('operations.failed')}
          error={error}
          onRetry={reload}
        />
      )}
      {(data || !error) && (
        <OperationsTable
          operations={data?.filter(({ id }) => id !== without)}
          withEnvironment={environmentId === undefined}
          empty={
            isNarrowed ? (
              <EmptyState
                title={t('operations.noMatch')}
                action={
                  <Button
                    variant="secondary"
                    onPress={() =>
                      change({
                        state: undefined,
                        goal: undefined,
                        environment: undefined,
                      })
                    }
                  >
                    {t('operations.showAll')}
                  </Button>
                }
              />
            ) : (
              props.empty
            )
          }
        />
      )}
      {data && data.length > SHOWN_AT_ONCE / 2 && (
        <div className={styles.more}>
          <Text color="secondary" variant="body-small">
            {t('operations.shown', { count: data.length })}
          </Text>
          {mayHaveMore && (
            <Button
              variant="secondary"
              size="small"
              onPress={() => setLimit(limit + MORE)}
            >
              {t('operations.showOlder')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
