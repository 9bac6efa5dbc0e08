import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isTerminalState } from '../../api/operationStates';
import { useOperations } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { OperationsList } from '../OperationsPage/OperationsList';
import styles from './EnvironmentPage.module.css';
import { RunningOperation } from './RunningOperation';

/** What runs is among the youngest: one of each goal may be unfinished. */
const LOOKED_AT = 2;

/** The operation that runs now with its live steps, and those before it. */
export function OperationsTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useOperations({
    environment: environment.id,
    limit: LOOKED_AT,
  });
  const running = data?.find(({ state }) => !isTerminalState(state));
  return (
    <div className={styles.tab}>
      {error && (
        <ErrorPanel
          title={t('operations.failed')}
          error={error}
          onRetry={reload}
        />
      )}
      {running && (
        <RunningOperation key={running.id} id={running.id} withSteps />
      )}
      {(data || !error) && (
        <section>
          <Text as="h3" variant="title-x-small">
            {t('operations.past')}
          </Text>
          <OperationsList
            environmentId={environment.id}
            without={running?.id}
            empty={<Text color="secondary">{t('operations.none')}</Text>}
          />
        </section>
      )}
    </div>
  );
}
