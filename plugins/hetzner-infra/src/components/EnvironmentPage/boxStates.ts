import type {
  Resource,
  TargetHealth,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Status } from '../../ui/StatusBadge';
import { boxKeyOf } from '../Topology/topology';
import type { BoxState } from '../Topology/TopologyBox';

/** Labels of the API's details that tell most about a kind. */
const TELLING: Record<string, readonly string[]> = {
  server: ['Private IP', 'Public IPv4'],
  'load-balancer': ['Public IPv4'],
  bucket: [],
};

/** What the boxes of a topology show of the resources that they stand for, by key. */
export function boxStates(
  resources: readonly Resource[],
  words: {
    statusOf: (resource: Resource) => Status;
    /** How many of a load balancer's targets answer, such as `0 of 2 up`. */
    healthy: (targets: TargetHealth) => string;
  },
): Record<string, BoxState> {
  return Object.fromEntries(
    resources
      .filter(({ kind }) => kind in TELLING)
      .map(resource => [
        boxKeyOf(resource),
        {
          status: words.statusOf(resource),
          figures: [
            ...(resource.targets
              ? [{ label: 'targets', value: words.healthy(resource.targets) }]
              : []),
            ...TELLING[resource.kind].flatMap(label => {
              const value = resource.details?.[label];
              return value === undefined ? [] : [{ label, value }];
            }),
          ],
        },
      ]),
  );
}
