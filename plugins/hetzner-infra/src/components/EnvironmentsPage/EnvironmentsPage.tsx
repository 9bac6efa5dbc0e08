import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Container, Text } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEnvironments } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { MonthlyTotals } from '../../ui/Money';
import { PageHeader } from '../../ui/PageHeader';
import { useCreateEnvironmentHref } from '../templateLinks';
import { applyFilter, totalCost } from './environmentFilter';
import { EnvironmentFilters } from './EnvironmentFilters';
import styles from './EnvironmentsPage.module.css';
import { EnvironmentsTable } from './EnvironmentsTable';
import { useEnvironmentFilter } from './useEnvironmentFilter';

/** The list of environments: state, cost and the way to a new one. */
export function EnvironmentsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [filter, changeFilter] = useEnvironmentFilter();
  // Removed environments are history; the backend gives them only when asked.
  const query = useEnvironments(
    filter.state === 'removed' ? 'removed' : undefined,
  );
  const createHref = useCreateEnvironmentHref();
  const createButton = createHref && (
    <ButtonLink href={createHref} variant="primary" iconStart={<RiAddLine />}>
      {t('environments.create')}
    </ButtonLink>
  );
  const isFiltered = !!(filter.search || filter.state || filter.owner);
  const isEmpty = query.data?.length === 0 && !isFiltered;

  return (
    <>
      <PageHeader
        title={t('environments.title')}
        customActions={isEmpty ? undefined : createButton}
      />
      <Container>
        {query.error && (
          <ErrorPanel
            title={t('environments.failed')}
            error={query.error}
            onRetry={query.reload}
          />
        )}
        {isEmpty && (
          <EmptyState
            title={t('environments.empty.title')}
            description={t('environments.empty.description')}
            action={createButton}
          />
        )}
        {!isEmpty && (query.data || !query.error) && (
          <>
            <Summary environments={query.data} />
            <EnvironmentFilters
              environments={query.data}
              filter={filter}
              onChange={changeFilter}
            />
            <EnvironmentsTable
              environments={query.data && applyFilter(query.data, filter)}
              sort={filter.sort}
              onSortChange={sort => changeFilter({ sort })}
              empty={
                <EmptyState
                  title={t('environments.noMatch')}
                  action={
                    <Button
                      variant="secondary"
                      onPress={() =>
                        changeFilter({
                          search: '',
                          state: undefined,
                          owner: undefined,
                        })
                      }
                    >
                      {t('environments.clearFilter')}
                    </Button>
                  }
                />
              }
            />
          </>
        )}
      </Container>
    </>
  );
}

/** How many there are, what they cost together, and how many want attention. */
function Summary(props: { environments: readonly Environment[] | undefined }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environments } = props;
  const totals = totalCost(environments ?? []);
  const failed = environments?.filter(({ state }) => state === 'failed') ?? [];
  return (
    <div className={styles.summary} aria-busy={!environments}>
      {environments && environments.length > 0 && (
        <>
          {totals.length > 0 && (
            <Text variant="title-x-small">
              <MonthlyTotals totals={totals} />
            </Text>
          )}
          <Text color="secondary">
            {t('environments.count', { count: environments.length })}
            {' · '}
            {failed.length > 0
              ? t('environments.attention', { count: failed.length })
              : t('environments.noAttention')}
          </Text>
        </>
      )}
    </div>
  );
}
