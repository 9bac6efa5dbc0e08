import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Radio, RadioGroup, Text } from '@backstage/ui';
import {
  environmentUpdatePermission,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useRefreshAll } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { formatInstant } from '../../ui/format';
import { useLocale } from '../../ui/useLocale';
import { useNow } from '../../ui/useNow';
import { isBusy } from '../EnvironmentHealth/findings';
import { extendedBy } from './expiryStanding';

/** Days by which an environment is extended. */
const CHOICES = { day: 1, week: 7, month: 30 } as const;
type Choice = keyof typeof CHOICES;

const TICK_MILLISECONDS = 30_000;

/** Lets an environment stand longer; nothing for who may not, or while an operation works on it. */
export function ExtendEnvironment({
  environment,
}: {
  environment: Environment;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const refresh = useRefreshAll();
  const locale = useLocale();
  const now = useNow(TICK_MILLISECONDS);
  const [choice, setChoice] = useState<Choice>('day');
  const { name, expiresAt, state } = environment;
  const { allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: name,
  });
  if (!allowed || !expiresAt || isBusy(environment) || state === 'removed') {
    return null;
  }
  const until = (by: Choice) => extendedBy(CHOICES[by], expiresAt, now);
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" size="small">
          {t('expiry.extend')}
        </Button>
      }
      title={t('expiry.title', { name })}
      confirm={t('expiry.confirm', { name })}
      dismiss={t('expiry.dismiss')}
      errorTitle={t('expiry.failedToExtend')}
      onConfirm={async () => {
        await api.extendEnvironment(name, until(choice));
        refresh();
      }}
    >
      <Text as="p">{t('expiry.description')}</Text>
      <RadioGroup
        label={t('expiry.until')}
        value={choice}
        onChange={value => setChoice(value as Choice)}
      >
        {(Object.keys(CHOICES) as Choice[]).map(by => (
          <Radio key={by} value={by}>
            {t(`expiry.by.${by}`)}:{' '}
            {formatInstant(locale, Date.parse(until(by)))}
          </Radio>
        ))}
      </RadioGroup>
    </ConfirmDialog>
  );
}
