import {
  isPreferred,
  type ActualResource,
  type ProviderId,
  type ResourceKind,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { KnownResources, ObservedIds } from './ResourceDriver';

/** A reference to a node of the graph; the key is null where nothing is referred to. */
export type Reference = [kind: ResourceKind, key: string | null];

const named = (kind: ResourceKind, id: ProviderId) => `${kind} ${id}`;

const lookUp = (keys: ReadonlyMap<string, string>): ObservedIds => ({
  keyOf: (kind, id) => keys.get(named(kind, id)) ?? `foreign:${id}`,
});

/** Keys of what was observed. Of two resources with one key only the one to keep has it. */
export function observedIds(
  resources: readonly Pick<
    ActualResource,
    'kind' | 'key' | 'generation' | 'providerId'
  >[],
): ObservedIds {
  const keys = new Map<string, string>();
  const kept = new Map<string, (typeof resources)[number]>();
  for (const resource of resources) {
    const other = kept.get(`${resource.kind} ${resource.key}`);
    const wins = !other || isPreferred(resource, other);
    const loser = wins ? other : resource;
    if (wins) {
      kept.set(`${resource.kind} ${resource.key}`, resource);
      keys.set(named(resource.kind, resource.providerId), resource.key);
    }
    if (loser) {
      keys.set(
        named(loser.kind, loser.providerId),
        `superseded:${loser.providerId}`,
      );
    }
  }
  return lookUp(keys);
}

/** Keys of what one node refers to, for describing it while it is changed. */
export function referredIds(
  references: readonly Reference[],
  known: KnownResources,
): ObservedIds {
  return lookUp(
    new Map(
      references.flatMap(([kind, key]) =>
        key === null ? [] : [[named(kind, known.idOf(kind, key)), key]],
      ),
    ),
  );
}
