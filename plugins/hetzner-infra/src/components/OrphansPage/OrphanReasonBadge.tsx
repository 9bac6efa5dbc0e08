import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArchiveLine,
  RiDeleteBinLine,
  RiQuestionLine,
  RiShipLine,
} from '@remixicon/react';
import type { OrphanReason } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';

const looks: Record<OrphanReason, Pick<Status, 'tone' | 'icon'>> = {
  removed: { tone: 'amber', icon: RiDeleteBinLine },
  left: { tone: 'amber', icon: RiShipLine },
  retained: { tone: 'amber', icon: RiArchiveLine },
  unknown: { tone: 'neutral', icon: RiQuestionLine },
};

/** Why something is an orphan, in two words. */
export function OrphanReasonBadge({ reason }: { reason: OrphanReason }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <StatusBadge {...looks[reason]} word={t(`orphans.reason.${reason}`)} />
  );
}
