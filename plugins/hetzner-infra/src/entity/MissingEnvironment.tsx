import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { InfraError } from '../api/InfraError';
import { environmentsRouteRef } from '../routes';
import { hetznerInfraTranslationRef } from '../translation';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';

/** An environment that an entity names and that could not be read, or is not there. */
export function MissingEnvironment(props: {
  name: string;
  error: InfraError;
  onRetry: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const list = useRouteRef(environmentsRouteRef);
  const { name, error, onRetry } = props;
  if (error.status !== 404) {
    return (
      <ErrorPanel
        title={t('entity.failed', { name })}
        error={error}
        onRetry={onRetry}
      />
    );
  }
  return (
    <EmptyState
      title={t('entity.gone', { name })}
      description={t('entity.goneHint')}
      action={list && <Link href={list()}>{t('entity.all')}</Link>}
    />
  );
}
