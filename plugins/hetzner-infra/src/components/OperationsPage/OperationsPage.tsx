import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { PageFrame } from '../PageFrame';
import { OperationsList } from './OperationsList';

/** What was done lately, in all environments that the reader may see. */
export function OperationsPage() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <>
      <PageFrame title={t('operations.title')} />
      <Container>
        <OperationsList
          empty={
            <EmptyState
              title={t('operations.empty.title')}
              description={t('operations.empty.description')}
            />
          }
        />
      </Container>
    </>
  );
}
