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

/** Words of the provider for what is on its way, such as a server that starts. */
const ON_ITS_WAY = /(ing|migrating|rebuilding)$/;

/** Whether some of a load balancer's targets answer and some do not. */
export function someAnswer({
  state,
  targets,
}: Pick<Resource, 'state' | 'targets'>): boolean {
  return (
    state === 'in place' &&
    targets !== undefined &&
    targets.healthy > 0 &&
    targets.healthy < targets.total
  );
}

const lookOf = (known: keyof typeof LOOKS): ResourceLook => ({
  ...LOOKS[known],
  known,
});

/**
 * How a resource is shown. Pure. A load balancer is well only when all its servers answer. That none
 * does is no fault of what was ordered, such as before a cluster is on them; some of several is one,
 * and `findingsOf` says so too.
 */
export function resourceLook(
  resource: Pick<Resource, 'state' | 'targets'>,
): ResourceLook {
  const { state, targets } = resource;
  if (someAnswer(resource)) return lookOf('someAnswer');
  const isUnanswered = targets && targets.total > 0 && targets.healthy === 0;
  if (state === 'in place' && isUnanswered) {
    return lookOf('noneAnswers');
  }
  if (Object.hasOwn(LOOKS, state)) return lookOf(state as keyof typeof LOOKS);
  return ON_ITS_WAY.test(state)
    ? { tone: 'blue', icon: RiLoader4Line }
    : { tone: 'neutral', icon: RiQuestionLine };
}
