import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Status } from '../../ui/StatusBadge';
import { HEALTHY_TARGETS } from '../Resource/resourceLook';
import { boxKeyOf } from '../Topology/topology';
import type { BoxState } from '../Topology/TopologyBox';

/** Labels of the API's details that tell most about a kind. */
const TELLING: Record<string, readonly string[]> = {
  server: ['Private IP', 'Public IPv4'],
  'load-balancer': [HEALTHY_TARGETS, 'Public IPv4'],
};

/** What the boxes of a topology show of the resources that they stand for, by key. */
export function boxStates(
  resources: readonly Resource[],
  words: {
    statusOf: (resource: Resource) => Status;
    /** `0 of 2` with what it counts. */
    healthy: (targets: string) => string;
  },
): Record<string, BoxState> {
  return Object.fromEntries(
    resources
      .filter(({ kind }) => kind in TELLING)
      .map(resource => [
        boxKeyOf(resource),
        {
          status: words.statusOf(resource),
          figures: TELLING[resource.kind].flatMap(label => {
            const value = resource.details?.[label];
            if (value === undefined) return [];
            return [
              {
                label,
                // Without a word the figure says nothing.
                value: label === HEALTHY_TARGETS ? words.healthy(value) : value,
              },
            ];
          }),
        },
      ]),
  );
}
