import {
  ownershipSelector,
  SERVER_LABELS,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { LoadBalancer } from '../clouds/hetzner';

/** A target as the provider shows it. */
export type FoundTarget = LoadBalancer['targets'][number];

/** A target as a request names it. */
export interface WireTarget {
  type: FoundTarget['type'];
  server?: { id: number };
  label_selector?: { selector: string };
  ip?: { ip: string };
}

const beforePools = (owner: Owner) =>
  `${ownershipSelector(owner)},${SERVER_LABELS.pool} in (`;

const withoutBlanks = (text: string) => text.replace(/\s/g, '');

/** The one target for servers of these pools, over the private network; none without pools. */
export function poolTargets(
  pools: readonly string[],
  owner: Owner,
): (WireTarget & { use_private_ip: true })[] {
  if (pools.length === 0) return [];
  const selector = `${beforePools(owner)}${[...pools].sort().join(',')})`;
  return [
    {
      type: 'label_selector',
      label_selector: { selector },
      use_private_ip: true,
    },
  ];
}

/** The target as a request names it. */
export function namedTarget(target: FoundTarget): WireTarget {
  switch (target.type) {
    case 'server':
      return { type: target.type, server: { id: target.server.id } };
    case 'ip':
      return { type: target.type, ip: { ip: target.ip.ip } };
    default:
      return {
        type: target.type,
        label_selector: { selector: target.label_selector.selector },
      };
  }
}

/** The pools that a target stands for; what is no target of ours reads as a pool that nobody wants. */
export function poolsOf(target: FoundTarget, owner: Owner): string[] {
  if (target.type === 'server') return [`foreign:server ${target.server.id}`];
  if (target.type === 'ip') return [`foreign:ip ${target.ip.ip}`];
  const { selector } = target.label_selector;
  const text = withoutBlanks(selector);
  const before = withoutBlanks(beforePools(owner));
  const isOurs =
    target.use_private_ip && text.startsWith(before) && text.endsWith(')');
  return isOurs
    ? text.slice(before.length, -1).split(',')
    : [`foreign:${selector}`];
}

/** How many of the servers that get traffic are healthy in every service. */
export function targetHealth({ targets }: Pick<LoadBalancer, 'targets'>): {
  healthy: number;
  total: number;
} {
  const members = targets.flatMap(target =>
    (target.type === 'label_selector' ? target.targets : [target]).map(
      ({ health_status: services }) => services,
    ),
  );
  const healthy = members.filter(
    services =>
      services.length > 0 &&
      services.every(({ status }) => status === 'healthy'),
  );
  return { healthy: healthy.length, total: members.length };
}
