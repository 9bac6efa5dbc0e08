import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertLine,
  RiArrowUpCircleLine,
  RiCheckboxCircleLine,
  RiDeleteBin6Line,
  RiErrorWarningLine,
  RiHammerLine,
  RiIndeterminateCircleLine,
  RiQuestionLine,
} from '@remixicon/react';
import type {
  Environment,
  EnvironmentState,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';
import { needsOf } from '../EnvironmentHealth/findings';

const LOOKS: Record<EnvironmentState, Omit<Status, 'word'>> = {
  creating: { tone: 'blue', icon: RiHammerLine },
  ready: { tone: 'green', icon: RiCheckboxCircleLine },
  changing: { tone: 'blue', icon: RiArrowUpCircleLine },
  removing: { tone: 'blue', icon: RiDeleteBin6Line },
  failed: { tone: 'red', icon: RiErrorWarningLine },
  removed: { tone: 'neutral', icon: RiIndeterminateCircleLine },
};

/** The state of an environment; what is ready and wants a look is degraded. */
export function EnvironmentBadge(props: {
  environment: Environment;
  /** What exists, where it is known. */
  resources?: readonly Resource[];
  /** Whether the provider cannot be read, so that nobody knows whether it is well. */
  isUnknown?: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environment, resources } = props;
  const { state } = environment;
  if (state === 'ready' && props.isUnknown) {
    return (
      <StatusBadge
        tone="neutral"
        icon={RiQuestionLine}
        word={t('health.unknownBadge')}
      />
    );
  }
  if (state === 'ready' && needsOf(environment, resources) > 0) {
    return (
      <StatusBadge
        tone="amber"
        icon={RiAlertLine}
        word={t('health.degraded')}
      />
    );
  }
  return (
    <StatusBadge {...LOOKS[state]} word={t(`environmentState.${state}`)} />
  );
}
