import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';
import type { ConnectionCheck } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge } from '../../ui/StatusBadge';
import { useSubmit } from '../../ui/useSubmit';
import styles from './ConnectionsPage.module.css';
import { useConnectionCheck } from '../../words/useConnectionCheck';
import { useFailureInWords } from '../../words/useFailureInWords';

/** Asks the provider whether a connection works, and shows its answer. */
export function CheckConnection({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const [answer, setAnswer] = useState<ConnectionCheck>();
  const check = useSubmit(async () => {
    setAnswer(undefined);
    setAnswer(await api.checkConnection(name));
  });
  const inWords = useConnectionCheck();
  const whyFailed = useFailureInWords();
  const result = check.error
    ? { ok: false, words: whyFailed(check.error) }
    : answer && { ok: answer.ok, words: inWords(answer) };
  return (
    <>
      <Button
        variant="secondary"
        size="small"
        aria-label={t('connections.checkNamed', { name })}
        isPending={check.isPending}
        onPress={check.submit}
      >
        {t('connections.check')}
      </Button>
      <span role="status" className={styles.answer}>
        {result && (
          <>
            {result.ok ? (
              <StatusBadge
                tone="green"
                icon={RiCheckLine}
                word={t('connections.works')}
              />
            ) : (
              <StatusBadge
                tone="red"
                icon={RiErrorWarningLine}
                word={t('connections.fails')}
              />
            )}{' '}
            {result.words}
          </>
        )}
      </span>
    </>
  );
}
