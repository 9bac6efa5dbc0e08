import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Button, Text, TextField } from '@backstage/ui';
import type { Orphan } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { useOwnGroups } from '../useOwnGroups';

/** Makes an environment again that the database does not know, after its name was typed. */
export function AdoptOrphan({ orphan }: { orphan: Orphan }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const navigate = useNavigate();
  const environmentPage = useRouteRef(environmentRouteRef);
  const [typed, setTyped] = useState('');
  const [chosenOwner, setOwner] = useState<string>();
  const [ownGroup = ''] = useOwnGroups() ?? [];
  const owner = chosenOwner ?? ownGroup;
  const { id, name, environment = '' } = orphan;
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="secondary"
          size="small"
          aria-label={t('orphans.adoptNamed', { environment, name })}
        >
          {t('orphans.adopt')}
        </Button>
      }
      title={t('orphans.adoptTitle', { environment })}
      confirm={t('orphans.adoptConfirm', { environment })}
      dismiss={t('orphans.adoptDismiss')}
      isConfirmDisabled={typed !== environment || owner === ''}
      errorTitle={t('orphans.adoptFailed')}
      onConfirm={async () => {
        await api.adoptOrphan(id, { environment, owner });
        const path = environmentPage?.({ name: environment });
        if (path) navigate(path);
      }}
    >
      <Text as="p">{t('orphans.adoptDescription', { environment })}</Text>
      <TextField
        label={t('orphans.adoptOwner')}
        value={owner}
        onChange={setOwner}
        spellCheck="false"
      />
      <TextField
        label={t('orphans.typeName', { name: environment })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        spellCheck="false"
      />
    </ConfirmDialog>
  );
}
