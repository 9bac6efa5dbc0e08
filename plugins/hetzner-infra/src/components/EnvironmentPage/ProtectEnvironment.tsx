import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Text } from '@backstage/ui';
import {
  environmentUpdatePermission,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useRefreshAll } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { isProtected } from './protection';

/** Protects an environment against removal, or lifts that, and changes nothing else; nothing for who may not change it. */
export function ProtectEnvironment(props: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const refreshAll = useRefreshAll();
  const { name, state, revision, document } = props.environment;
  const { allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: name,
  });
  // The change would be refused while an operation works on it, and repeat one that failed.
  if (!allowed || state !== 'ready') return null;

  const wanted = isProtected(props.environment) ? 'lift' : 'protect';
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary">
          {t(`protection.${wanted}.open`, { name })}
        </Button>
      }
      title={t(`protection.${wanted}.title`, { name })}
      confirm={t(`protection.${wanted}.confirm`, { name })}
      dismiss={t('protection.dismiss')}
      errorTitle={t('protection.failed')}
      onConfirm={async () => {
        await api.updateEnvironment(name, {
          revision,
          environment: {
            ...document,
            metadata: { ...document.metadata, protected: wanted === 'protect' },
          },
        });
        refreshAll();
      }}
    >
      <Text as="p">{t(`protection.${wanted}.description`, { name })}</Text>
    </ConfirmDialog>
  );
}
