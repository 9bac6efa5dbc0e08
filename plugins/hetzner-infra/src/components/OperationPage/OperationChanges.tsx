import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, Text } from '@backstage/ui';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { useOperationChanges } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { DocumentChanges } from './DocumentChanges';
import styles from './OperationPage.module.css';

/** Of a long difference, what is shown at once. */
const SHOWN_CHANGES = 8;

/** What an operation changed in the environment's document. */
export function OperationChanges({ operation }: { operation: Operation }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, isLoading, reload } = useOperationChanges(operation.id);
  const [isWhole, setWhole] = useState(false);
  const isFirst = data?.from === undefined;
  const items = data?.items ?? [];
  const shown = isWhole ? items : items.slice(0, SHOWN_CHANGES);
  const sentence = () => {
    if (operation.purpose === 'remove') return t('changes.removal');
    if (isFirst) return t('changes.first');
    if (operation.retryOf) return t('changes.retried');
    if (data.from === data.to) return t('changes.same');
    if (items.length === 0) return t('changes.none');
    return t('changes.between', {
      from: String(data.from),
      to: String(data.to),
    });
  };
  return (
    <section className={styles.section}>
      <Text as="h3" variant="title-x-small">
        {t('changes.title')}
      </Text>
      {error && (
        <ErrorPanel
          title={t('changes.failed')}
          error={error}
          onRetry={reload}
        />
      )}
      {isLoading && <Skeleton width="100%" height={120} />}
      {data && (
        <>
          <Text as="p" color="secondary">
            {sentence()}
          </Text>
          {items.length > 0 && (
            <DocumentChanges
              label={t('changes.title')}
              changes={shown}
              isFirst={isFirst}
            />
          )}
          {items.length > shown.length && (
            <div>
              <Button
                variant="secondary"
                size="small"
                onPress={() => setWhole(true)}
              >
                {t('changes.showAll', { count: items.length })}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
