import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiIndeterminateCircleLine,
  RiLoader4Line,
  RiLockLine,
  RiPulseLine,
  RiQuestionLine,
  RiShutDownLine,
} from '@remixicon/react';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Status } from '../../ui/StatusBadge';

/** States that have a word here: the API's, and those of a load balancer whose servers do not all answer. */
const LOOKS = {
  running: { tone: 'green', icon: RiCheckboxCircleLine },
  off: { tone: 'red', icon: RiShutDownLine },
  'in place': { tone: 'green', icon: RiCheckboxCircleLine },
  busy: { tone: 'blue', icon: RiLoader4Line },
  missing: { tone: 'red', icon: RiErrorWarningLine },
  'not ours': { tone: 'neutral', icon: RiLockLine },
  noneAnswers: { tone: 'neutral', icon: RiIndeterminateCircleLine },
  someAnswer: { tone: 'amber', icon: RiPulseLine },
} as const satisfies Record<string, Omit<Status, 'word'>>;

/** How a state looks; `known` names the word for it, where it is not the provider's own. */
export type ResourceLook = Omit<Status, 'word'> & {
  known?: keyof typeof LOOKS;
};

/** What a load balancer found when it asked its servers. */
export interface TargetHealth {
  healthy: number;
  total: number;
}

/** Where the API tells how many targets are healthy. */
export const HEALTHY_TARGETS = 'Healthy targets';

/** Words of the provider for what is on its way, such as a server that starts. */
const ON_ITS_WAY = /(ing|migrating|rebuilding)$/;

/** How many of a load balancer's targets answer; undefined for what has none. */
export function targetsOf({
  kind,
  details,
}: Pick<Resource, 'kind' | 'details'>): TargetHealth | undefined {
  const found = /^(\d+) of (\d+)$/.exec(details?.[HEALTHY_TARGETS] ?? '');
  if (kind !== 'load-balancer' || !found) return undefined;
  const [healthy, total] = found.slice(1).map(Number);
  return total > 0 ? { healthy, total } : undefined;
}

const lookOf = (known: keyof typeof LOOKS): ResourceLook => ({
  ...LOOKS[known],
  known,
});

/**
 * How a resource is shown. Pure. A load balancer is well only when all its servers answer: none
 * does before there is a cluster on them, which is no fault; some of several is worth a look.
 */
export function resourceLook(
  resource: Pick<Resource, 'kind' | 'state' | 'details'>,
): ResourceLook {
  const { state } = resource;
  const targets = targetsOf(resource);
  if (state === 'in place' && targets && targets.healthy < targets.total) {
    return lookOf(targets.healthy === 0 ? 'noneAnswers' : 'someAnswer');
  }
  if (Object.hasOwn(LOOKS, state)) return lookOf(state as keyof typeof LOOKS);
  return ON_ITS_WAY.test(state)
    ? { tone: 'blue', icon: RiLoader4Line }
    : { tone: 'neutral', icon: RiQuestionLine };
}
