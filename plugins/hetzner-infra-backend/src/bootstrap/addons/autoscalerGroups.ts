import { createHash } from 'node:crypto';
import {
  PROVIDER_LIMITS,
  resourceName,
  type EnvironmentDocument,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Servers that the autoscaler may add to a pool, in one placement group. */
export interface AutoscalerGroup {
  /** Name of the group, and the beginning of its servers' names. */
  name: string;
  pool: string;
  max: number;
  /** Key of its placement group in the graph. */
  placementGroup: string;
  /** Name of that at the provider. */
  placementGroupName: string;
}

/**
 * A server is `<group>-<16 hex digits>` and its name a host name of at most 63
 * characters (kubernetes/autoscaler, `cloudprovider/hetzner`).
 */
const NAME_CHARACTERS = 63 - 17;

/** Digits that tell an environment from another one of the same name. */
const ID_DIGITS = 6;

/**
 * A name that no other environment uses: the autoscaler takes every server of
 * the project that is labelled with it for its own.
 */
function groupName(owner: Owner, pool: string, number: number): string {
  const id = createHash('sha256')
    .update(`${owner.installation} ${owner.environmentId}`)
    .digest('hex')
    .slice(0, ID_DIGITS);
  const end = `-${pool}-a${number}-${id}`;
  const begin = owner.environment.slice(0, NAME_CHARACTERS - end.length);
  return `${begin.replace(/-+$/, '')}${end}`;
}

/**
 * The groups above the engine's own workers: together from none to max - min of
 * each pool, at most ten servers in each, which is what a placement group takes.
 */
export function autoscalerGroups(
  { spec, metadata }: EnvironmentDocument,
  owner: Owner,
): AutoscalerGroup[] {
  const most = PROVIDER_LIMITS.serversPerPlacementGroup;
  return spec.pools.flatMap(({ name: pool, min, max }) =>
    Array.from({ length: Math.ceil((max - min) / most) }, (_, index) => {
      const placementGroup = `spread-${pool}-autoscaled-${index + 1}`;
      return {
        name: groupName(owner, pool, index + 1),
        pool,
        max: Math.min(most, max - min - index * most),
        placementGroup,
        placementGroupName: resourceName(
          metadata.name,
          'placement-group',
          placementGroup,
          1,
        ),
      };
    }),
  );
}
