import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Header, Skeleton, Text } from '@backstage/ui';
import { useOperations } from '../../api/queries';
import { environmentsRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { EmptyState } from '../../ui/EmptyState';
import { RelativeTime } from '../../ui/RelativeTime';
import { OperationsTable } from '../OperationsPage/OperationsTable';
import styles from './EnvironmentPage.module.css';

const SHOWN_OPERATIONS = 50;

/** For a name that no environment has: one that was removed with its history, or one that never was. */
export function GoneEnvironment(props: {
  name: string;
  /** Id of the removed environment, where it is known. */
  id?: string;
  removedAt?: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentsPage = useRouteRef(environmentsRouteRef);
  const { name, id, removedAt } = props;
  const { data, isLoading } = useOperations({
    environment: id ?? name,
    limit: SHOWN_OPERATIONS,
  });
  const wasRemoved = id !== undefined || (data && data.length > 0);
  const allEnvironments = (
    <ButtonLink variant="secondary" href={environmentsPage?.()}>
      {t('gone.allEnvironments')}
    </ButtonLink>
  );
  return (
    <>
      <Header
        title={name}
        customActions={wasRemoved ? allEnvironments : undefined}
      />
      <Container>
        {isLoading && <Skeleton height={240} />}
        {!isLoading && !wasRemoved && (
          <EmptyState
            title={t('gone.unknown', { name })}
            description={t('gone.unknownDescription')}
            action={allEnvironments}
          />
        )}
        {wasRemoved && (
          <div className={styles.tab}>
            <Text as="p">
              {t('gone.removed', { name })}{' '}
              {removedAt && <RelativeTime at={removedAt} />}
            </Text>
            <section>
              <Text as="h3" variant="title-x-small">
                {t('operations.past')}
              </Text>
              <OperationsTable operations={data} />
            </section>
          </div>
        )}
      </Container>
    </>
  );
}
