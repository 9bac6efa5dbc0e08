import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiLockLine,
  RiQuestionLine,
  RiShutDownLine,
} from '@remixicon/react';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';

/** States of the API that have a word here; the provider may have others. */
const KNOWN = [
  'running',
  'off',
  'in place',
  'busy',
  'missing',
  'not ours',
] as const;

const LOOKS: Record<(typeof KNOWN)[number], Omit<Status, 'word'>> = {
  running: { tone: 'green', icon: RiCheckboxCircleLine },
  off: { tone: 'red', icon: RiShutDownLine },
  'in place': { tone: 'green', icon: RiCheckboxCircleLine },
  busy: { tone: 'blue', icon: RiLoader4Line },
  missing: { tone: 'red', icon: RiErrorWarningLine },
  'not ours': { tone: 'neutral', icon: RiLockLine },
};

/** Words of the provider for what is on its way, such as a server that starts. */
const ON_ITS_WAY = /(ing|migrating|rebuilding)$/;

/** How the state of a resource is shown. A state without a word of ours stands as the provider calls it. */
export function useResourceStatus(): (
  resource: Pick<Resource, 'state'>,
) => Status {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return ({ state }) => {
    const known = KNOWN.find(of => of === state);
    if (known) return { ...LOOKS[known], word: t(`resourceState.${known}`) };
    return ON_ITS_WAY.test(state)
      ? { tone: 'blue', icon: RiLoader4Line, word: state }
      : { tone: 'neutral', icon: RiQuestionLine, word: state };
  };
}

/** The state of a resource as icon, word and colour. */
export function ResourceState({ resource }: { resource: Resource }) {
  return <StatusBadge {...useResourceStatus()(resource)} />;
}
