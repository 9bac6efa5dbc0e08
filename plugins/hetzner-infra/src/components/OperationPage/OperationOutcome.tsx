import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink, Text } from '@backstage/ui';
import {
  environmentOperatePermission,
  environmentRemovePermission,
  type Operation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { isTerminalState } from '../../api/operationStates';
import { useEnvironment } from '../../api/queries';
import {
  environmentRouteRef,
  environmentsRouteRef,
  operationRouteRef,
} from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useSubmit } from '../../ui/useSubmit';
import { useCreateEnvironmentHref } from '../templateLinks';
import styles from './OperationPage.module.css';

/** What an operation that is over leads to: the environment, another try, or the list when nothing is left. */
export function OperationOutcome({ operation }: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const environmentsPage = useRouteRef(environmentsRouteRef);
  const createPage = useCreateEnvironmentHref();
  const hasEnded = isTerminalState(operation.state);
  const environment = useEnvironment(
    hasEnded ? operation.environment : undefined,
  );
  if (!hasEnded) {
    // Why it is being undone is told while that goes on.
    return operation.error ? (
      <ErrorPanel title={t('operation.undone')} error={operation.error} />
    ) : null;
  }
  const { data, error } = environment;
  // What was read before stays beside an error; only a clear answer says that it is gone.
  const isGone =
    error?.status === 404 ||
    (data !== undefined && data.id !== operation.environmentId);
  const stands = data !== undefined && !isGone;
  const path = environmentPage?.({ name: operation.environment });
  return (
    <>
      {operation.state === 'failed' && (
        <FailedOperation
          operation={operation}
          // What was followed to its end does not tell.
          canRetry={stands && operation.retryable !== false}
        />
      )}
      {error && !isGone && (
        <ErrorPanel
          title={t('environment.failed', { name: operation.environment })}
          error={error}
          onRetry={environment.reload}
        />
      )}
      {isGone && (
        <Text as="p">
          {t(`operation.gone.${goneBecause(operation)}`, {
            environment: operation.environment,
          })}
        </Text>
      )}
      <div className={styles.links}>
        {stands && path && (
          <>
            <ButtonLink
              // Of what failed, trying again comes first.
              variant={operation.state === 'failed' ? 'secondary' : 'primary'}
              href={path}
            >
              {t('operation.openEnvironment')}
            </ButtonLink>
            <ButtonLink variant="secondary" href={`${path}/resources`}>
              {t('operation.openResources')}
            </ButtonLink>
          </>
        )}
        {isGone &&
          createPage &&
          operation.purpose === 'create' &&
          operation.state !== 'succeeded' && (
            <ButtonLink variant="primary" href={createPage}>
              {t('operation.createAgain')}
            </ButtonLink>
          )}
        {isGone && (
          <ButtonLink variant="secondary" href={environmentsPage?.()}>
            {t('operation.openEnvironments')}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

/** Why nothing is left. A cancel has no reason that could be gone; a refused approval has. */
function goneBecause({ state, error }: Operation) {
  if (state === 'succeeded') return 'later';
  return state === 'cancelled' && !error ? 'cancelled' : 'undone';
}

/** Why an operation failed, and the way to try again: a new operation with the same goal. */
function FailedOperation(props: { operation: Operation; canRetry: boolean }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const operationPage = useRouteRef(operationRouteRef);
  const navigate = useNavigate();
  const { operation } = props;
  const { allowed } = usePermission({
    permission:
      operation.goal === 'remove'
        ? environmentRemovePermission
        : environmentOperatePermission,
    resourceRef: operation.environment,
  });
  const retry = useSubmit(async () => {
    const accepted = await api.retryOperation(operation.id);
    const path = operationPage?.({ id: accepted.operation.id });
    if (path) navigate(path);
  });
  return (
    <>
      <ErrorPanel
        title={t(`operation.failed.${operation.purpose}`, {
          environment: operation.environment,
        })}
        error={
          operation.error ?? {
            message: operation.sentence,
            phrases: operation.phrases,
          }
        }
        action={
          allowed &&
          props.canRetry && (
            <Button
              variant="primary"
              size="small"
              isPending={retry.isPending}
              onPress={retry.submit}
            >
              {t(`operation.retry.${operation.purpose}`, {
                environment: operation.environment,
              })}
            </Button>
          )
        }
      />
      {retry.error && (
        <ErrorPanel title={t('operation.retryFailed')} error={retry.error} />
      )}
    </>
  );
}
