import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './ErrorPanel.module.css';
import {
  useFailureInWords,
  type ToldFailure,
} from '../words/useFailureInWords';

/** What a reader is told about a failure; an `InfraError` is one. */
export interface Failure extends ToldFailure {
  /** HTTP status; 0 when no answer came. */
  status?: number;
  correlationId?: string;
}

/** What failed (`title`), why, what to do, and an id to quote. */
export function ErrorPanel(props: {
  title: string;
  error: Failure;
  onRetry?: () => void;
  /** Stands in the place of the button that tries again. */
  action?: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { title, error, onRetry, action } = props;
  const { status, correlationId } = error;
  const message = useFailureInWords()(error);
  const button =
    action ??
    (onRetry && (
      <Button variant="secondary" size="small" onPress={onRetry}>
        {t('error.retry')}
      </Button>
    ));
  return (
    <Alert
      role="alert"
      status={status === 403 ? 'warning' : 'danger'}
      icon
      title={title}
      description={
        <span className={styles.words}>
          <span>{status === 0 ? t('error.unreachable') : message}</span>
          {status === 403 && <span>{t('error.denied')}</span>}
          {status !== undefined && status >= 500 && (
            <span>{t('error.again')}</span>
          )}
          {correlationId && (
            <span>{t('error.correlationId', { id: correlationId })}</span>
          )}
          {button && <span className={styles.action}>{button}</span>}
        </span>
      }
    />
  );
}
