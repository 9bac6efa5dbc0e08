import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

/** Forgets a connection and its secrets, after saying so. */
export function DeleteConnection(props: {
  name: string;
  onDeleted: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const { name, onDeleted } = props;
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="secondary"
          size="small"
          destructive
          aria-label={t('connections.deleteNamed', { name })}
        >
          {t('connections.delete')}
        </Button>
      }
      title={t('connections.deleteTitle', { name })}
      confirm={t('connections.deleteConfirm', { name })}
      dismiss={t('connections.dismiss')}
      isDestructive
      errorTitle={t('connections.deleteFailed')}
      onConfirm={async () => {
        await api.deleteConnection(name);
        onDeleted();
      }}
    >
      <Text as="p">{t('connections.deleteDescription')}</Text>
    </ConfirmDialog>
  );
}
