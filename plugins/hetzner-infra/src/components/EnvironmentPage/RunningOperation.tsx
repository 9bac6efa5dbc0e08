import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, Text } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { useFollowedOperation } from '../../api/useFollowedOperation';
import { operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { InstantsInText } from '../../ui/InstantsInText';
import { OperationProgressBar } from '../OperationPage/OperationProgressBar';
import { OperationSteps } from '../OperationPage/OperationSteps';
import { OperationBadge } from '../StateBadges/OperationBadge';
import styles from './EnvironmentPage.module.css';
import { useOperationSentence } from '../../words/useStateSentence';

/** The operation that runs now: how far it is and, on demand, its live steps. */
export function RunningOperation(props: { id: string; withSteps?: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const navigate = useNavigate();
  const sentenceOf = useOperationSentence();
  const path = operationPage?.({ id: props.id });
  const { operation, error, reload } = useFollowedOperation(props.id);
  return (
    <section className={styles.running} aria-label={t('environment.running')}>
      {error && (
        <ErrorPanel
          title={t('operation.failedToRead')}
          error={error}
          onRetry={reload}
        />
      )}
      {!operation && !error && <Skeleton width="100%" height={64} />}
      {operation && (
        <>
          <div className={styles.runningHead} role="status">
            <OperationBadge state={operation.state} />
            <Text>
              <InstantsInText text={sentenceOf(operation)} />
            </Text>
            <Link href={path}>{t('environment.openOperation')}</Link>
          </div>
          <OperationProgressBar operation={operation} />
          {props.withSteps && (
            <OperationSteps
              operation={operation}
              onOpen={step => path && navigate(`${path}?step=${step}`)}
            />
          )}
        </>
      )}
    </section>
  );
}
