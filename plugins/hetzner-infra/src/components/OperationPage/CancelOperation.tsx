import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useEnvironment } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useSubmit } from '../useSubmit';
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
  const [isOpen, setOpen] = useState(false);
  const cancel = useSubmit(async () => {
    await api.cancelOperation(operation.id);
    setOpen(false);
    onCancelled();
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button variant="secondary">{t('cancel.open')}</Button>
      <Dialog>
        <DialogHeader>
          {t('cancel.title', { environment: operation.environment })}
        </DialogHeader>
        <DialogBody>
          <div className={styles.dialog}>
            {isOpen && <Consequence operation={operation} />}
            {cancel.error && (
              <ErrorPanel title={t('cancel.failed')} error={cancel.error} />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            destructive
            isPending={cancel.isPending}
            onPress={cancel.submit}
          >
            {t(`cancel.confirm.${operation.goal}`, {
              environment: operation.environment,
            })}
          </Button>
          <Button variant="secondary" slot="close">
            {t('cancel.keepGoing')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
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
