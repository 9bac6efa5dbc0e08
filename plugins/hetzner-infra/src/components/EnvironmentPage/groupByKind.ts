import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Kinds in the order in which a request passes them, from the Internet inwards. */
const KIND_ORDER = [
  'load-balancer',
  'server',
  'network',
  'firewall',
  'placement-group',
  'volume',
  'bucket',
  'certificate',
  'ssh-key',
];

/** Resources by kind: known kinds in the order of importance, others after them by name; within a kind by key. */
export function groupByKind(
  resources: readonly Resource[],
): [kind: string, resources: Resource[]][] {
  const rank = (kind: string) => {
    const index = KIND_ORDER.indexOf(kind);
    return index === -1 ? KIND_ORDER.length : index;
  };
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    groups.set(resource.kind, [...(groups.get(resource.kind) ?? []), resource]);
  }
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([kind, group]) => [
      kind,
      group.sort((a, b) =>
        a.key.localeCompare(b.key, undefined, { numeric: true }),
      ),
    ]);
}
