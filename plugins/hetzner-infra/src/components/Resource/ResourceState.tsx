import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { StatusBadge, type Status } from '../../ui/StatusBadge';
import { resourceLook } from './resourceLook';

type Stateful = Pick<Resource, 'state' | 'targets'>;

/** How the state of a resource is shown. A state without a word of ours stands as the provider calls it. */
export function useResourceStatus(): (resource: Stateful) => Status {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return resource => {
    const { known, ...look } = resourceLook(resource);
    return {
      ...look,
      word: known ? t(`resourceState.${known}`) : resource.state,
    };
  };
}

/** The state of a resource as icon, word and colour. */
export function ResourceState({ resource }: { resource: Stateful }) {
  return <StatusBadge {...useResourceStatus()(resource)} />;
}

/** That not all servers answer a load balancer, and why that may be; undefined when all do. */
export function useTargetsSentence(): (
  resource: Stateful,
) => string | undefined {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return resource => {
    const { known } = resourceLook(resource);
    const { targets } = resource;
    if (!targets || (known !== 'noneAnswers' && known !== 'someAnswer')) {
      return undefined;
    }
    return t(`targets.${known}`, {
      healthy: String(targets.healthy),
      total: String(targets.total),
    });
  };
}
