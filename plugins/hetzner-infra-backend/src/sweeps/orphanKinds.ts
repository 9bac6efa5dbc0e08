import {
  ipv4Price,
  loadBalancerPrice,
  serverPrice,
  sum,
  times,
  type Catalogue,
  type Money,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  hetznerCodes,
  type Action,
  type HetznerCloud,
  type ItemOf,
} from '../clouds/hetzner';

/** What every resource with labels has (Hetzner Cloud API, Labels). */
type Labelled = {
  id: number;
  name: string;
  created: string;
  labels?: Record<string, string>;
};

type Paths = {
  server: '/servers';
  'load-balancer': '/load_balancers';
  volume: '/volumes';
  'primary-ip': '/primary_ips';
  network: '/networks';
  firewall: '/firewalls';
  'placement-group': '/placement_groups';
  certificate: '/certificates';
  'ssh-key': '/ssh_keys';
};

/** The kinds that an environment or its cluster may leave behind. */
export type OrphanKind = keyof Paths;

type Item<K extends OrphanKind> = ItemOf<Paths[K]>;

/** How one kind is found, judged, priced and removed. */
export type OrphanKindRules<T = Labelled> = {
  path: Paths[OrphanKind];
  read(cloud: HetznerCloud, id: number): Promise<T>;
  remove(cloud: HetznerCloud, id: number): Promise<Action | undefined>;
  /** Selectors, beside the installation's label, of what clusters make of this kind. */
  clusterSelector?: string;
  networks?(item: T): number[];
  isProtected(item: T): boolean;
  /** Why it cannot be removed yet, in words. */
  obstacle?(item: T): string | undefined;
  /** @throws Error when the catalogue has no price for it */
  monthly?(item: T, catalogue: Catalogue): Money;
};

const path = (id: number) => ({ path: { id } });

const server: OrphanKindRules<Item<'server'>> = {
  path: '/servers',
  clusterSelector: 'hcloud/node-group',
  read: async (cloud, id) =>
    (await cloud.get('/servers/{id}', path(id))).server,
  remove: async (cloud, id) =>
    (await cloud.delete('/servers/{id}', path(id))).action,
  networks: item => item.private_net.map(({ network }) => network!),
  isProtected: ({ protection }) => protection.delete,
  monthly: (item, catalogue) =>
    sum([
      serverPrice(catalogue, item.server_type.name, item.location.name).monthly,
      item.public_net.ipv4
        ? ipv4Price(catalogue, item.location.name).monthly
        : '0',
    ]),
};

const loadBalancer: OrphanKindRules<Item<'load-balancer'>> = {
  path: '/load_balancers',
  clusterSelector: 'hcloud-ccm/service-uid',
  read: async (cloud, id) =>
    (await cloud.get('/load_balancers/{id}', path(id))).load_balancer,
  // Since October 2026 an action comes with it (hcloud-go v2.52, changelog).
  remove: async (cloud, id) =>
    (
      (await cloud.delete('/load_balancers/{id}', path(id))) as
        | { action?: Action }
        | undefined
    )?.action,
  networks: item => item.private_net.map(({ network }) => network!),
  isProtected: ({ protection }) => protection.delete,
  monthly: (item, catalogue) =>
    loadBalancerPrice(
      catalogue,
      item.load_balancer_type.name,
      item.location.name,
    ).monthly,
};

const volume: OrphanKindRules<Item<'volume'>> = {
  path: '/volumes',
  clusterSelector: 'managed-by=csi-driver',
  read: async (cloud, id) =>
    (await cloud.get('/volumes/{id}', path(id))).volume,
  remove: async (cloud, id) => {
    await cloud.delete('/volumes/{id}', path(id));
    return undefined;
  },
  isProtected: ({ protection }) => protection.delete,
  obstacle: ({ server: attached }) =>
    attached === null
      ? undefined
      : `It is attached to server ${attached}. Detach it or remove the server first.`,
  monthly: (item, { volumePrice }) => {
    if (volumePrice === undefined) throw new Error('No price for volumes');
    return times(volumePrice, item.size);
  },
};

const primaryIp: OrphanKindRules<Item<'primary-ip'>> = {
  path: '/primary_ips',
  read: async (cloud, id) =>
    (await cloud.get('/primary_ips/{id}', path(id))).primary_ip,
  remove: async (cloud, id) => {
    await cloud.delete('/primary_ips/{id}', path(id));
    return undefined;
  },
  isProtected: ({ protection }) => protection.delete,
  // Hetzner Cloud API, Primary IPs: delete (`must_be_unassigned`).
  obstacle: ({ assignee_id: assignee }) =>
    assignee === null
      ? undefined
      : `It is assigned to ${assignee}. Remove that first.`,
  monthly: (item, catalogue) =>
    item.type === 'ipv4'
      ? ipv4Price(catalogue, item.location.name).monthly
      : '0',
};

const network: OrphanKindRules<Item<'network'>> = {
  path: '/networks',
  read: async (cloud, id) =>
    (await cloud.get('/networks/{id}', path(id))).network,
  remove: async (cloud, id) => {
    await cloud.delete('/networks/{id}', path(id));
    return undefined;
  },
  isProtected: ({ protection }) => protection.delete,
  // The provider detaches what is in it, whoever's it is (Hetzner Cloud API, Networks: delete).
  obstacle: ({ servers, load_balancers: loadBalancers = [] }) => {
    const inside = servers.length + loadBalancers.length;
    return inside === 0
      ? undefined
      : `${inside} servers or load balancers are still in it. Take them out or remove them first.`;
  },
};

const firewall: OrphanKindRules<Item<'firewall'>> = {
  path: '/firewalls',
  read: async (cloud, id) =>
    (await cloud.get('/firewalls/{id}', path(id))).firewall,
  remove: async (cloud, id) => {
    await cloud.delete('/firewalls/{id}', {
      ...path(id),
      // Servers that are just going count as its users for some seconds.
      retryOn: [hetznerCodes.resourceInUse],
    });
    return undefined;
  },
  isProtected: () => false,
  obstacle: ({ applied_to: appliedTo }) =>
    appliedTo.length === 0
      ? undefined
      : `It still protects ${appliedTo.length} servers or selectors. Remove it from them first.`,
};

const placementGroup: OrphanKindRules<Item<'placement-group'>> = {
  path: '/placement_groups',
  read: async (cloud, id) =>
    (await cloud.get('/placement_groups/{id}', path(id))).placement_group,
  remove: async (cloud, id) => {
    await cloud.delete('/placement_groups/{id}', path(id));
    return undefined;
  },
  isProtected: () => false,
  obstacle: ({ servers }) =>
    servers.length === 0
      ? undefined
      : `${servers.length} servers are still in it. Take them out or remove them first.`,
};

const certificate: OrphanKindRules<Item<'certificate'>> = {
  path: '/certificates',
  read: async (cloud, id) =>
    (await cloud.get('/certificates/{id}', path(id))).certificate,
  remove: async (cloud, id) => {
    await cloud.delete('/certificates/{id}', path(id));
    return undefined;
  },
  isProtected: () => false,
  obstacle: ({ used_by: usedBy }) =>
    usedBy.length === 0
      ? undefined
      : `${usedBy.length} load balancers use it. Remove it from them first.`,
};

const sshKey: OrphanKindRules<Item<'ssh-key'>> = {
  path: '/ssh_keys',
  read: async (cloud, id) =>
    (await cloud.get('/ssh_keys/{id}', path(id))).ssh_key,
  remove: async (cloud, id) => {
    await cloud.delete('/ssh_keys/{id}', path(id));
    return undefined;
  },
  isProtected: () => false,
};

/** The rules of each kind, in the order in which a person would remove them. */
const RULES = {
  server,
  'load-balancer': loadBalancer,
  volume,
  'primary-ip': primaryIp,
  firewall,
  'placement-group': placementGroup,
  certificate,
  'ssh-key': sshKey,
  network,
};

/** Every kind, in the order in which a person would remove them. */
export const ORPHAN_KINDS = Object.keys(RULES) as OrphanKind[];

/** The rules of a kind. Its items are what its `read` and its list give. */
export function rulesOf(kind: OrphanKind): OrphanKindRules {
  // A kind's rules only ever meet its own items.
  return RULES[kind] as unknown as OrphanKindRules;
}

/** Whether a word is one of the kinds. */
export function isOrphanKind(word: string): word is OrphanKind {
  return (ORPHAN_KINDS as string[]).includes(word);
}
