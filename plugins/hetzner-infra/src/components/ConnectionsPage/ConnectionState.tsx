import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { Connection } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { RelativeTime } from '../../ui/RelativeTime';
import { StatusBadge } from '../../ui/StatusBadge';
import styles from './ConnectionsPage.module.css';

/** Whether it worked when it was checked last, when that was, and what was wrong with it. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { checkedAt, problem } = connection;
  return (
    <span className={styles.check}>
      {problem && (
        <StatusBadge
          tone="red"
          icon={RiErrorWarningLine}
          word={t('connections.fails')}
        />
      )}
      {!problem && checkedAt && (
        <StatusBadge
          tone="green"
          icon={RiCheckboxCircleLine}
          word={t('connections.works')}
        />
      )}
      {!problem && !checkedAt && (
        <StatusBadge
          tone="neutral"
          icon={RiQuestionLine}
          word={t('connections.neverChecked')}
        />
      )}
      {checkedAt && (
        <Text as="span" variant="body-small" color="secondary">
          {t('connections.checked')} <RelativeTime at={checkedAt} />
        </Text>
      )}
      {problem && (
        <Text as="span" className={styles.problem}>
          {problem}
        </Text>
      )}
    </span>
  );
}
