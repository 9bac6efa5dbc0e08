import {
  ownershipSelector,
  type ActualResource,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { createOrAdopt, type PlacementGroup } from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { removeOwned } from './removal';
import type { ResourceDriver } from './ResourceDriver';

/** A placement group in the words of the graph. */
export function describePlacementGroup(
  group: PlacementGroup,
  owner: Owner,
): ActualResource<'placement-group'> {
  return {
    kind: 'placement-group',
    ...identityOf(group, owner),
    state: { type: group.type },
    busy: false,
    details: { Type: group.type, Servers: String(group.servers.length) },
    deleteProtected: false,
  };
}

/** Placement groups. Removing one leaves its servers where they are. */
export const placementGroupDriver: ResourceDriver<'placement-group'> = {
  kind: 'placement-group',

  async observe({ cloud, owner }) {
    const groups = await cloud.listAll('/placement_groups', {
      label_selector: ownershipSelector(owner),
    });
    return () => groups.map(group => describePlacementGroup(group, owner));
  },

  async create(node, context) {
    const { cloud, signal } = context;
    const { resource } = await createOrAdopt(
      cloud,
      '/placement_groups',
      { ...newIdentity(node, context), type: node.desired.type },
      { signal },
    );
    return { providerId: resource.id };
  },

  // Nothing of it is changed in place.
  async update() {},

  async remove(actual, context) {
    const { cloud, signal } = context;
    await removeOwned(actual, context, {
      delete: () =>
        cloud.delete('/placement_groups/{id}', {
          path: { id: actual.providerId },
          signal,
        }),
    });
  },
};
