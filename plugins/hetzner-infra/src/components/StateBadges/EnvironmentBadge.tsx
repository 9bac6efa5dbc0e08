import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiArrowUpCircleLine,
  RiCheckboxCircleLine,
  RiDeleteBin6Line,
  RiErrorWarningLine,
  RiHammerLine,
  RiIndeterminateCircleLine,
} from '@remixicon/react';
import type { EnvironmentState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';

const LOOKS: Record<EnvironmentState, Omit<Status, 'word'>> = {
  creating: { tone: 'blue', icon: RiHammerLine },
  ready: { tone: 'green', icon: RiCheckboxCircleLine },
  changing: { tone: 'blue', icon: RiArrowUpCircleLine },
  removing: { tone: 'blue', icon: RiDeleteBin6Line },
  failed: { tone: 'red', icon: RiErrorWarningLine },
  removed: { tone: 'neutral', icon: RiIndeterminateCircleLine },
};

/** The state of an environment. */
export function EnvironmentBadge({ state }: { state: EnvironmentState }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return (
    <StatusBadge {...LOOKS[state]} word={t(`environmentState.${state}`)} />
  );
}
