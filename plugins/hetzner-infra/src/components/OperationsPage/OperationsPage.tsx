import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Header } from '@backstage/ui';
import { useOperations } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { OperationsTable } from './OperationsTable';

const SHOWN_OPERATIONS = 100;

/** What was done lately, in all environments that the reader may see. */
export function OperationsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useOperations({ limit: SHOWN_OPERATIONS });
  return (
    <>
      <Header title={t('operations.title')} />
      <Container>
        {error && (
          <ErrorPanel
            title={t('operations.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {(data || !error) && (
          <OperationsTable
            operations={data}
            withEnvironment
            empty={
              <EmptyState
                title={t('operations.empty.title')}
                description={t('operations.empty.description')}
              />
            }
          />
        )}
      </Container>
    </>
  );
}
