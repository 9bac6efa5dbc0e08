import {
  ownershipSelector,
  type ActualResource,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { createOrAdopt, hetznerCodes, type Network } from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { removeOwned } from './removal';
import type { ResourceDriver } from './ResourceDriver';

/** A network in the words of the graph. */
export function describeNetwork(
  network: Network,
  owner: Owner,
): ActualResource<'network'> {
  // `server` is the old word for `cloud` (Hetzner Cloud API, Networks: add a subnet).
  const nodes = network.subnets.find(({ type }) => type !== 'vswitch');
  const attached =
    network.servers.length + (network.load_balancers ?? []).length;
  return {
    kind: 'network',
    ...identityOf(network, owner),
    state: {
      ipRange: network.ip_range,
      nodes: nodes?.ip_range ?? '',
      networkZone: nodes?.network_zone ?? '',
    },
    busy: false,
    details: { Range: network.ip_range, Attached: String(attached) },
    deleteProtected: network.protection.delete,
  };
}

/** Private networks: one subnet, for the nodes. Nothing of it is changed in place. */
export const networkDriver: ResourceDriver<'network'> = {
  kind: 'network',

  async observe({ cloud, owner }) {
    const networks = await cloud.listAll('/networks', {
      label_selector: ownershipSelector(owner),
    });
    return () => networks.map(network => describeNetwork(network, owner));
  },

  async create(node, context) {
    const { cloud, signal } = context;
    const { ipRange, nodes, networkZone } = node.desired;
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/networks',
      {
        ...newIdentity(node, context),
        ip_range: ipRange,
        subnets: [
          { type: 'cloud', ip_range: nodes, network_zone: networkZone },
        ],
      },
      { signal },
    );
    await cloud.waitFor(actions, { signal });
    return { providerId: resource.id };
  },

  // Nothing of it is changed in place.
  async update() {},

  async remove(actual, context) {
    const { cloud, signal } = context;
    const path = { id: actual.providerId };
    await removeOwned(actual, context, {
      liftProtection: () =>
        cloud.post('/networks/{id}/actions/change_protection', {
          path,
          body: { delete: false },
          signal,
        }),
      delete: () =>
        cloud.delete('/networks/{id}', {
          path,
          signal,
          // What was in it may still be going.
          retryOn: [hetznerCodes.resourceInUse, hetznerCodes.serviceError],
        }),
    });
  },
};
