import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiPlayCircleLine,
  RiSkipForwardLine,
  RiTimeLine,
} from '@remixicon/react';
import type { StepState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';

const LOOKS: Record<StepState, Omit<Status, 'word'>> = {
  waiting: { tone: 'neutral', icon: RiTimeLine },
  running: { tone: 'blue', icon: RiPlayCircleLine },
  succeeded: { tone: 'green', icon: RiCheckboxCircleLine },
  failed: { tone: 'red', icon: RiErrorWarningLine },
  skipped: { tone: 'neutral', icon: RiSkipForwardLine },
};

/** How the state of a step is shown where its word stands elsewhere. */
export const stepLook = (state: StepState) => LOOKS[state];

/** The state of a step of an operation. */
export function StepBadge({ state }: { state: StepState }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return <StatusBadge {...LOOKS[state]} word={t(`stepState.${state}`)} />;
}
