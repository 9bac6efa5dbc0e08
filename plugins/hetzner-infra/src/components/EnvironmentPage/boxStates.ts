import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Status } from '../../ui/StatusBadge';
import type { BoxState } from '../Topology/TopologyBox';

/** Labels of the API's details that tell most about a kind, with the shorter word for a box. */
const TELLING: Record<string, readonly string[]> = {
  server: ['Private IP', 'Public IPv4'],
  'load-balancer': ['Healthy targets', 'Public IPv4'],
};

/** What the boxes of a topology show of the resources that they stand for, by key. */
export function boxStates(
  resources: readonly Resource[],
  statusOf: (resource: Resource) => Status,
): Record<string, BoxState> {
  return Object.fromEntries(
    resources
      .filter(({ kind }) => kind in TELLING)
      .map(resource => [
        resource.key,
        {
          status: statusOf(resource),
          figures: TELLING[resource.kind].flatMap(label => {
            const value = resource.details?.[label];
            return value === undefined ? [] : [{ label, value }];
          }),
        },
      ]),
  );
}
