import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArrowGoBackLine,
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiIndeterminateCircleLine,
  RiPlayCircleLine,
  RiTimeLine,
  RiUserFollowLine,
} from '@remixicon/react';
import type { OperationState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';

const LOOKS: Record<OperationState, Omit<Status, 'word'>> = {
  'awaiting-approval': { tone: 'neutral', icon: RiUserFollowLine },
  queued: { tone: 'neutral', icon: RiTimeLine },
  running: { tone: 'blue', icon: RiPlayCircleLine },
  succeeded: { tone: 'green', icon: RiCheckboxCircleLine },
  failed: { tone: 'red', icon: RiErrorWarningLine },
  cancelling: { tone: 'blue', icon: RiArrowGoBackLine },
  cancelled: { tone: 'neutral', icon: RiIndeterminateCircleLine },
};

/** The state of an operation. */
export function OperationBadge({ state }: { state: OperationState }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return <StatusBadge {...LOOKS[state]} word={t(`operationState.${state}`)} />;
}
