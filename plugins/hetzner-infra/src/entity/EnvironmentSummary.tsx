import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, Text } from '@backstage/ui';
import { isTerminalState } from '../api/operationStates';
import { useEnvironment } from '../api/queries';
import { useHealthSentence } from '../components/EnvironmentHealth/useHealthSentence';
import { EnvironmentBadge } from '../components/StateBadges/EnvironmentBadge';
import { environmentRouteRef, operationRouteRef } from '../routes';
import { hetznerInfraTranslationRef } from '../translation';
import { ErrorPanel } from '../ui/ErrorPanel';
import { MonthlyTotals } from '../ui/Money';
import styles from './entity.module.css';
import { MissingEnvironment } from './MissingEnvironment';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Heights of what comes, so that nothing jumps. Pixels. */
const HEIGHT = 132;

/** State, sentence, cost and the way to one environment, kept fresh. */
export function EnvironmentSummary(props: {
  name: string;
  /** Whether the name says something new: a component may run in several environments. */
  isNamed: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, isNamed } = props;
  const { data, error, reload } = useEnvironment(name);
  if (error && (!data || error.status === 404)) {
    return <MissingEnvironment name={name} error={error} onRetry={reload} />;
  }
  if (!data) {
    return <Skeleton width="100%" height={HEIGHT} />;
  }
  return (
    <div className={styles.summary}>
      {error && (
        <ErrorPanel
          title={t('entity.failed', { name })}
          error={error}
          onRetry={reload}
        />
      )}
      <ReadEnvironment environment={data} isNamed={isNamed} />
    </div>
  );
}

function ReadEnvironment(props: {
  environment: Environment;
  isNamed: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const operationPage = useRouteRef(operationRouteRef);
  const { environment, isNamed } = props;
  const { name, operation } = environment;
  const isWorking = operation && !isTerminalState(operation.state);
  return (
    <>
      <div className={styles.state}>
        <EnvironmentBadge environment={environment} />
        {isNamed && (
          <Text as="h4" variant="body-medium" weight="bold">
            {name}
          </Text>
        )}
      </div>
      <Text as="p">{useHealthSentence(environment)}</Text>
      <Text as="p" color="secondary">
        {t('entity.cost')}: <MonthlyTotals totals={environment.monthly} />
      </Text>
      <div className={styles.links}>
        <Link
          href={environmentPage?.({ name })}
          aria-label={t('entity.openNamed', { name })}
        >
          {t('entity.open')}
        </Link>
        {isWorking && (
          <Link href={operationPage?.({ id: operation.id })}>
            {t('entity.progress')}
          </Link>
        )}
      </div>
    </>
  );
}
