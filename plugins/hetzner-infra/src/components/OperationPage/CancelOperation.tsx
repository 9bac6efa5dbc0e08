import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, Text } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useEnvironment } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { begunSteps } from './operationSummary';
import styles from './OperationPage.module.css';

/** Cancels an operation, after saying what that undoes. */
export function CancelOperation(props: {
  operation: Operation;
  onCancelled: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const { operation, onCancelled } = props;
  const { id, environment, goal } = operation;
  return (
    <ConfirmDialog
      trigger={<Button variant="secondary">{t('cancel.open')}</Button>}
      title={t('cancel.title', { environment })}
      confirm={t(`cancel.confirm.${goal}`, { environment })}
      dismiss={t('cancel.keepGoing')}
      isDestructive
      errorTitle={t('cancel.failed')}
      onConfirm={async () => {
        await api.cancelOperation(id);
        onCancelled();
      }}
    >
      <Consequence operation={operation} />
    </ConfirmDialog>
  );
}

/** What a cancel will do to the environment, with the steps that it undoes. */
function Consequence({ operation }: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environment = useEnvironment(operation.environment);
  if (operation.goal === 'remove') {
    return <Text as="p">{t('cancel.undo.remove')}</Text>;
  }
  if (environment.isLoading) return <Skeleton height={20} />;
  const begun = begunSteps(operation);
  const what =
    environment.data?.state === 'creating' || operation.revision === 1
      ? t('cancel.undo.create')
      : t('cancel.undo.change', {
          revision: String(operation.revision - 1),
        });
  return (
    <>
      <Text as="p">{what}</Text>
      {begun.length > 0 ? (
        <ul className={styles.begun}>
          {begun.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
      ) : (
        <Text as="p" color="secondary">
          {t('cancel.nothingBegun')}
        </Text>
      )}
    </>
  );
}
