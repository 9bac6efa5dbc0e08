import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Container, VisuallyHidden } from '@backstage/ui';
import { RiAddLine, RiExternalLinkLine } from '@remixicon/react';
import { useDeferredValue, useMemo } from 'react';
import { useEnvironments } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PageFrame } from '../PageFrame';
import { OrphansLine } from '../OrphansPage/OrphansLine';
import { useCreateEnvironmentHref } from '../templateLinks';
import { useDocsUrl } from '../useDocsUrl';
import { applyFilter, isFiltered, NO_FILTER } from './environmentFilter';
import { EnvironmentFilters } from './EnvironmentFilters';
import { EnvironmentsSummary } from './EnvironmentsSummary';
import { EnvironmentsTable } from './EnvironmentsTable';
import styles from './EnvironmentsPage.module.css';
import { useEnvironmentFilter } from './useEnvironmentFilter';

/** The list of environments: state, cost and the way to a new one. */
export function EnvironmentsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [filter, changeFilter] = useEnvironmentFilter();
  // Removed environments are history; the backend gives them only when asked.
  const query = useEnvironments(
    filter.state === 'removed' ? 'removed' : undefined,
  );
  // Typing goes before drawing the rows that it leaves.
  const shown = useDeferredValue(filter);
  const environments = useMemo(
    () => query.data && applyFilter(query.data, shown),
    [query.data, shown],
  );
  const createHref = useCreateEnvironmentHref();
  const docsUrl = useDocsUrl();
  const createButton = createHref && (
    <ButtonLink href={createHref} variant="primary" iconStart={<RiAddLine />}>
      {t('environments.create')}
    </ButtonLink>
  );
  const isEmpty = query.data?.length === 0 && !isFiltered(filter);

  return (
    <>
      <PageFrame
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
        {isEmpty && <OrphansLine />}
        {isEmpty && (
          <EmptyState
            title={t('environments.empty.title')}
            description={t('environments.empty.description')}
            action={
              <span className={styles.begin}>
                {createButton}
                {docsUrl && (
                  <ButtonLink
                    href={docsUrl}
                    variant="secondary"
                    target="_blank"
                    rel="noreferrer"
                    iconEnd={<RiExternalLinkLine aria-hidden="true" />}
                  >
                    {t('environments.empty.docs')}
                    <VisuallyHidden> {t('newTab')}</VisuallyHidden>
                  </ButtonLink>
                )}
              </span>
            }
          />
        )}
        {!isEmpty && (query.data || !query.error) && (
          <>
            <OrphansLine />
            <EnvironmentsSummary
              environments={query.data}
              isNarrowed={filter.needsAttention}
              onNarrow={needsAttention => changeFilter({ needsAttention })}
            />
            <EnvironmentFilters
              environments={query.data}
              filter={filter}
              onChange={changeFilter}
            />
            <EnvironmentsTable
              environments={environments}
              filter={shown}
              onChange={changeFilter}
              empty={
                <EmptyState
                  title={t('environments.noMatch')}
                  action={
                    <Button
                      variant="secondary"
                      onPress={() => changeFilter(NO_FILTER)}
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
