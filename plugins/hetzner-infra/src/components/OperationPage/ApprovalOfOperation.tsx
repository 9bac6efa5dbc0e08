import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, Text, TextField } from '@backstage/ui';
import {
  operationApprovePermission,
  type Operation,
  type OperationApproval,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { formatMoney } from '../../ui/format';
import { RelativeTime } from '../../ui/RelativeTime';
import { useLocale } from '../../ui/useLocale';
import { EntityLink } from '../EntityLink';
import { useReader } from '../useReader';
import styles from './ApprovalOfOperation.module.css';

/** Who must approve an operation and at which price, with the buttons for who may; afterwards who decided. */
export function ApprovalOfOperation(props: {
  operation: Operation;
  onDecided: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation } = props;
  const { approval } = operation;
  if (!approval) return null;
  if (approval.decision) {
    const { kind, by, at, reason } = approval.decision;
    return (
      <Text as="p" color="secondary">
        {t(`approval.${kind === 'approved' ? 'approvedBy' : 'rejectedBy'}`)}{' '}
        <EntityLink entityRef={by} /> <RelativeTime at={at} />
        {reason && ` — ${reason}`}
      </Text>
    );
  }
  return operation.state === 'awaiting-approval' ? (
    <Waiting {...props} approval={approval} />
  ) : null;
}

function Waiting(props: {
  operation: Operation;
  approval: OperationApproval;
  onDecided: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { operation, approval } = props;
  const { allowed } = usePermission({ permission: operationApprovePermission });
  const reader = useReader();
  const money = (amount: string) =>
    formatMoney(locale, amount, approval.currency);
  const isInitiator = reader?.ref === operation.initiator;
  const isMember = reader?.owns.includes(approval.group) === true;
  return (
    <Alert
      status="info"
      icon
      title={
        <span>
          {t('approval.needed')} <EntityLink entityRef={approval.group} />
        </span>
      }
      description={
        <div className={styles.body}>
          <span>
            {t('approval.price', {
              monthly: money(approval.monthly),
              total: money(approval.total),
              budget: money(approval.budget),
            })}
          </span>
          <span>
            {t('approval.expires')} <RelativeTime at={approval.expiresAt} />
          </span>
          {isInitiator && isMember && <span>{t('approval.notYourself')}</span>}
          {allowed && isMember && !isInitiator && <Decide {...props} />}
        </div>
      }
    />
  );
}

function Decide(props: {
  operation: Operation;
  approval: OperationApproval;
  onDecided: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const locale = useLocale();
  const { operation, approval, onDecided } = props;
  const { id, environment } = operation;
  const [reason, setReason] = useState('');
  const price = formatMoney(locale, approval.monthly, approval.currency);
  return (
    <div className={styles.buttons}>
      <ConfirmDialog
        trigger={
          <Button variant="primary">{t('approval.approve.open')}</Button>
        }
        title={t('approval.approve.title', { environment })}
        confirm={t('approval.approve.confirm', { environment })}
        dismiss={t('approval.dismiss')}
        errorTitle={t('approval.failed')}
        onConfirm={async () => {
          try {
            await api.approveOperation(id, approval.monthly);
          } finally {
            // A price that rose is to be seen at once.
            onDecided();
          }
        }}
      >
        <Text as="p">
          {t('approval.approve.effect', { environment, price })}
        </Text>
      </ConfirmDialog>
      <ConfirmDialog
        trigger={
          <Button variant="secondary">{t('approval.reject.open')}</Button>
        }
        title={t('approval.reject.title', { environment })}
        confirm={t('approval.reject.confirm', { environment })}
        dismiss={t('approval.dismiss')}
        isDestructive
        isConfirmDisabled={reason.trim() === ''}
        errorTitle={t('approval.failed')}
        onConfirm={async () => {
          await api.rejectOperation(id, reason.trim());
          onDecided();
        }}
      >
        <Text as="p">{t('approval.reject.effect')}</Text>
        <TextField
          label={t('approval.reject.reason')}
          isRequired
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      </ConfirmDialog>
    </div>
  );
}
