import {
  RESOURCE_KINDS,
  type ActualResource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { driverOf } from './drivers';
import { observedIds } from './references';
import type { ReadContext } from './ResourceDriver';

/**
 * Everything of an environment that exists, by its ownership labels: one list
 * call for each kind, all at once (each has pages of 50). Kinds are described
 * in the order of creation, so that what they refer to is known by its key.
 *
 * @throws CloudError when any list cannot be read: half an observation would
 *   make a plan that creates what exists
 */
export async function observe(context: ReadContext): Promise<ActualResource[]> {
  const described = await Promise.all(
    RESOURCE_KINDS.map(kind => driverOf(kind).observe(context)),
  );
  return described.reduce<ActualResource[]>(
    (before, describe) => [...before, ...describe(observedIds(before))],
    [],
  );
}
