import {
  compareMoney,
  phrase,
  type OperationError,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Operation } from './operation';

/** Approval of one operation: of its revision, at a price. */
export type Approval = {
  /** Entity reference of the group whose members may approve. */
  group: string;
  /** The price that is approved, a month, net. It rises when the quote has risen. */
  monthly: string;
  currency: string;
  /** What all environments of the owner would cost then, and may cost without approval. */
  total: string;
  budget: string;
  /** ISO 8601. */
  expiresAt: string;
  decision?: {
    kind: 'approved' | 'rejected';
    /** Entity reference. */
    by: string;
    /** ISO 8601. */
    at: string;
    reason?: string;
  };
};

/** Who decides. */
export type Approver = { ref: string; groups: readonly string[] };

/** What is asked of an operation that waits. */
export type ApprovalRequest =
  | {
      kind: 'approve';
      by: Approver;
      /** The price that the approver saw. */
      seen: string;
      /** What it costs now. */
      current: string;
    }
  | { kind: 'reject'; by: Approver; reason: string }
  | { kind: 'expire' };

/** What follows from it. */
export type ApprovalOutcome =
  | { kind: 'unchanged' }
  /** It cannot be, and `isForbidden` says whether it is a matter of who asks. */
  | { kind: 'refused'; reason: string; isForbidden: boolean }
  /** The price has risen: it waits on, for an approval of the new one. */
  | { kind: 'repriced'; approval: Approval }
  | { kind: 'queued'; approval: Approval }
  | { kind: 'cancelled'; approval: Approval; error: OperationError };

const refused = (reason: string, isForbidden = false): ApprovalOutcome => ({
  kind: 'refused',
  reason,
  isForbidden,
});

/** Decides what becomes of an operation that waits for approval. Pure. */
export function approvalOutcome(
  operation: Pick<Operation, 'state' | 'initiator' | 'options'>,
  request: ApprovalRequest,
  now: Date,
): ApprovalOutcome {
  const { approval } = operation.options;
  const isWaiting = operation.state === 'awaiting-approval' && approval;
  if (request.kind === 'expire') {
    return isWaiting && Date.parse(approval.expiresAt) <= now.getTime()
      ? {
          kind: 'cancelled',
          approval,
          error: {
            code: 'approval-expired',
            ...said(
              phrase(
                'approval-expired',
                { group: approval.group },
                `Nobody of ${approval.group} approved it in time. Ask for it again.`,
              ),
            ),
          },
        }
      : { kind: 'unchanged' };
  }
  const { by } = request;
  if (!approval) return refused('it needs no approval');
  if (by.ref === operation.initiator) {
    return refused('who asked for it cannot decide about it', true);
  }
  if (!by.groups.includes(approval.group)) {
    return refused(`only members of ${approval.group} decide about it`, true);
  }
  if (!isWaiting) return refused(`it is ${operation.state}`);
  if (Date.parse(approval.expiresAt) <= now.getTime()) {
    return refused('its time for approval is over');
  }
  const decision = { by: by.ref, at: now.toISOString() };
  if (request.kind === 'reject') {
    return {
      kind: 'cancelled',
      approval: {
        ...approval,
        decision: { kind: 'rejected', ...decision, reason: request.reason },
      },
      error: {
        code: 'approval-rejected',
        ...said(
          phrase(
            'approval-rejected',
            { by: by.ref, reason: request.reason },
            `${by.ref} rejected it: ${request.reason}`,
          ),
        ),
      },
    };
  }
  if (compareMoney(request.current, approval.monthly) > 0) {
    return {
      kind: 'repriced',
      approval: { ...approval, monthly: request.current },
    };
  }
  if (compareMoney(request.seen, approval.monthly) !== 0) {
    return refused(
      `its price is ${approval.monthly} ${approval.currency} a month, not ${request.seen}; look at it again`,
    );
  }
  return {
    kind: 'queued',
    approval: { ...approval, decision: { kind: 'approved', ...decision } },
  };
}

/** Whether an operation with these options must not begin yet. */
export function waitsForApproval({
  approval,
}: Pick<Operation['options'], 'approval'>): boolean {
  return approval !== undefined && approval.decision === undefined;
}

function said(words: Phrase): Pick<OperationError, 'message' | 'phrases'> {
  return { message: words.text, phrases: [words] };
}
