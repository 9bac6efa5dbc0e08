import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text, TextField } from '@backstage/ui';
import type { Orphan } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { MonthlyMoney } from '../../ui/Money';
import { useOrphanSentence } from '../../words/useOrphanSentence';

/** Removes one orphan for good, after its name was typed. */
export function RemoveOrphan(props: { orphan: Orphan; onRemoved: () => void }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const [typed, setTyped] = useState('');
  const { orphan, onRemoved } = props;
  const { id, name, monthly, currency } = orphan;
  const sentence = useOrphanSentence()(orphan);
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="secondary"
          size="small"
          destructive
          aria-label={t('orphans.removeNamed', { name })}
        >
          {t('orphans.remove')}
        </Button>
      }
      title={t('orphans.removeTitle', { name })}
      confirm={t('orphans.removeNamed', { name })}
      dismiss={t('orphans.dismiss')}
      isDestructive
      isConfirmDisabled={typed !== name}
      errorTitle={t('orphans.removeFailed')}
      onConfirm={async () => {
        await api.removeOrphan(id, name);
        onRemoved();
      }}
    >
      <Text as="p">{sentence}</Text>
      <Text as="p">{t('orphans.removeDescription')}</Text>
      {monthly !== undefined && currency !== undefined && (
        <Text as="p">
          {t('orphans.removeSaves')}{' '}
          <MonthlyMoney amount={monthly} currency={currency} />
        </Text>
      )}
      <TextField
        label={t('orphans.typeName', { name })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        spellCheck="false"
      />
    </ConfirmDialog>
  );
}
