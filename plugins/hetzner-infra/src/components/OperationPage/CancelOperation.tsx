import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, Text } from '@backstage/ui';
import type {
  Operation,
  OperationCancellation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect, useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useOperationCancellation } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { ErrorPanel } from '../../ui/ErrorPanel';
import styles from './CancelOperation.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';
import { useKindInWords } from '../../words/useKindInWords';
import { useKnownTexts } from '../../words/useKnownTexts';
import { usePlaceInWords } from '../../words/usePlaceInWords';

/** Cancels an operation, after saying what that undoes. */
export function CancelOperation(props: {
  operation: Operation;
  onCancelled: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const { operation, onCancelled } = props;
  const { id, environment, purpose } = operation;
  const [told, setTold] = useState<OperationCancellation>();
  return (
    <ConfirmDialog
      trigger={<Button variant="secondary">{t('cancel.open')}</Button>}
      title={t(`cancel.title.${purpose}`, { environment })}
      confirm={
        told && told.effect !== 'none'
          ? t(`cancel.confirm.${told.effect}`, {
              environment,
              revision: String(told.revision),
            })
          : t('cancel.open')
      }
      dismiss={t('cancel.keepGoing')}
      isDestructive
      isConfirmDisabled={!told?.possible}
      errorTitle={t('cancel.failed')}
      onConfirm={async () => {
        await api.cancelOperation(id);
        onCancelled();
      }}
    >
      <Consequence operation={operation} onTold={setTold} />
    </ConfirmDialog>
  );
}

/** What a cancel will do to the environment, and what it undoes. */
function Consequence(props: {
  operation: Operation;
  /** Undefined as long as it is not known. */
  onTold: (told: OperationCancellation | undefined) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation, onTold } = props;
  const [opening] = useState(() => crypto.randomUUID());
  const titleOf = useChangeTitle();
  const kindInWords = useKindInWords();
  const textOf = useKnownTexts();
  const placeOf = usePlaceInWords();
  const { data, error, reload } = useOperationCancellation(
    operation.id,
    opening,
  );
  useEffect(() => {
    onTold(error ? undefined : data);
    return () => onTold(undefined);
  }, [data, error, onTold]);
  if (error) {
    return (
      <ErrorPanel title={t('cancel.unknown')} error={error} onRetry={reload} />
    );
  }
  if (!data) return <Skeleton width="100%" height={80} />;
  const { effect, revision, undoes, changes } = data;
  if (effect === 'none') {
    return (
      <Text as="p">
        {textOf(`notCancellable.${data.reasonCode}`) ?? data.reason}
      </Text>
    );
  }
  return (
    <>
      <Text as="p">
        {t(`cancel.effect.${effect}`, {
          environment: operation.environment,
          revision: String(revision),
        })}
      </Text>
      {(effect === 'remove' || effect === 'return') && undoes.length === 0 && (
        <Text as="p" color="secondary">
          {t('cancel.nothingBegun')}
        </Text>
      )}
      {undoes.length > 0 && (
        <>
          <Text as="p" weight="bold">
            {t(`cancel.undoes.${effect === 'remove' ? 'remove' : 'return'}`, {
              count: undoes.length,
            })}
          </Text>
          <ul
            className={styles.undoes}
            // What scrolls must be reachable by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            {undoes.map(step => (
              <li key={step.id}>
                {effect === 'remove' ? (
                  <>
                    {kindInWords(step.kind)} <strong>{step.key}</strong>
                    <span className={styles.id}>
                      {' '}
                      {step.state === 'running'
                        ? t('cancel.beingMade')
                        : step.providerId}
                    </span>
                  </>
                ) : (
                  titleOf(step)
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {changes.length > 0 && (
        <>
          <Text as="p" weight="bold">
            {t('cancel.changes')}
          </Text>
          <ul className={styles.changes} aria-label={t('cancel.changes')}>
            {changes.map(({ path, from, to }) => (
              <li key={path}>
                <span title={path}>{placeOf(path)}</span>
                <span className={styles.id}>
                  {from ?? t('changes.notSet')} → {to ?? t('changes.notSet')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
