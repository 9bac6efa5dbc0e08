import {
  ownershipSelector,
  type ActualResource,
  type FirewallRule,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  createOrAdopt,
  hetznerCodes,
  type Firewall,
  type RequestOf,
} from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { removeOwned } from './removal';
import type { ResourceDriver } from './ResourceDriver';

type WantedRule = RequestOf<
  'post',
  '/firewalls/{id}/actions/set_rules'
>['body']['rules'][number];

const wantedRule = (rule: FirewallRule): WantedRule => ({
  direction: 'in',
  protocol: rule.protocol,
  ...(rule.port === null ? {} : { port: rule.port }),
  source_ips: rule.sources,
  description: rule.description,
});

/** A rule as found. One that somebody added for outbound traffic reads as a rule that nobody wants, so that it shows. */
const foundRule = (rule: Firewall['rules'][number]): FirewallRule => ({
  description:
    rule.direction === 'in'
      ? rule.description ?? ''
      : `outbound: ${rule.description ?? ''}`,
  // Other protocols exist too; they differ from every wanted rule.
  protocol: rule.protocol as FirewallRule['protocol'],
  port: rule.port,
  sources: rule.direction === 'in' ? rule.source_ips : rule.destination_ips,
});

/** A firewall in the words of the graph. */
export function describeFirewall(
  firewall: Firewall,
  owner: Owner,
): ActualResource<'firewall'> {
  return {
    kind: 'firewall',
    ...identityOf(firewall, owner),
    state: { rules: firewall.rules.map(foundRule) },
    busy: false,
    details: {
      Rules: String(firewall.rules.length),
      'Applied to': String(firewall.applied_to.length),
    },
    deleteProtected: false,
  };
}

/** Firewalls. Servers name the ones they are behind; a firewall names no server. */
export const firewallDriver: ResourceDriver<'firewall'> = {
  kind: 'firewall',

  async observe({ cloud, owner }) {
    const firewalls = await cloud.listAll('/firewalls', {
      label_selector: ownershipSelector(owner),
    });
    return () => firewalls.map(firewall => describeFirewall(firewall, owner));
  },

  async create(node, context) {
    const { cloud, signal, onProgress } = context;
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/firewalls',
      {
        ...newIdentity(node, context),
        rules: node.desired.rules.map(wantedRule),
      },
      { signal },
    );
    await cloud.waitFor(actions, { signal, onProgress });
    return { providerId: resource.id };
  },

  async update(node, actual, _differences, context) {
    const { cloud, signal, onProgress } = context;
    const { actions } = await cloud.post('/firewalls/{id}/actions/set_rules', {
      path: { id: actual.providerId },
      body: { rules: node.desired.rules.map(wantedRule) },
      signal,
    });
    await cloud.waitFor(actions, { signal, onProgress });
  },

  async remove(actual, context) {
    const { cloud, signal } = context;
    await removeOwned(actual, context, {
      delete: () =>
        cloud.delete('/firewalls/{id}', {
          path: { id: actual.providerId },
          signal,
          // Its servers leave it some seconds after they are gone.
          retryOn: [hetznerCodes.resourceInUse],
        }),
    });
  },
};
