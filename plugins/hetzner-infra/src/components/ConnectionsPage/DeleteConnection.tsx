import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useSubmit } from '../useSubmit';
import styles from './ConnectionsPage.module.css';

/** Forgets a connection and its secrets, after saying so. */
export function DeleteConnection(props: {
  name: string;
  onDeleted: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const { name, onDeleted } = props;
  const [isOpen, setOpen] = useState(false);
  const remove = useSubmit(async () => {
    await api.deleteConnection(name);
    setOpen(false);
    onDeleted();
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        variant="secondary"
        size="small"
        destructive
        aria-label={t('connections.deleteNamed', { name })}
      >
        {t('connections.delete')}
      </Button>
      <Dialog>
        <DialogHeader>{t('connections.deleteTitle', { name })}</DialogHeader>
        <DialogBody>
          <div className={styles.form}>
            <Text as="p">{t('connections.deleteDescription')}</Text>
            {remove.error && (
              <ErrorPanel
                title={t('connections.deleteFailed')}
                error={remove.error}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            destructive
            isPending={remove.isPending}
            onPress={remove.submit}
          >
            {t('connections.deleteConfirm', { name })}
          </Button>
          <Button variant="secondary" slot="close">
            {t('connections.dismiss')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
