import type { Connection } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** The group of a platform team, whose members most often create for others. */
const PLATFORM = 'group:default/platform';

/** The group that an environment belongs to unless its creator says otherwise; undefined for who has none. */
export function defaultOwner(groups: readonly string[]): string | undefined {
  return groups.includes(PLATFORM) ? PLATFORM : [...groups].sort()[0];
}

/**
 * A Hetzner connection with a group of the reader that may use it: the default owner's if there is
 * one. Who acts for the platform may use each.
 */
export function defaultConnection(
  connections: readonly Connection[],
  reader: {
    groups: readonly string[];
    owner: string | undefined;
    isPlatform: boolean;
  },
): { name: string; owner: string | undefined } | undefined {
  const { groups, owner, isPlatform } = reader;
  const hetzner = connections
    .filter(({ kind }) => kind === 'hetzner')
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const owners = [
    ...(owner ? [owner] : []),
    ...groups.filter(group => group !== owner),
  ];
  for (const group of owners) {
    const usable = hetzner.find(({ usableBy }) => usableBy.includes(group));
    if (usable) return { name: usable.name, owner: group };
  }
  return isPlatform && hetzner.length > 0
    ? { name: hetzner[0].name, owner }
    : undefined;
}

/** Name of a connection to object storage that the owner may use; who acts for the platform may use each. */
export function defaultObjectStorage(
  connections: readonly Connection[],
  { owner, isPlatform }: { owner: string | undefined; isPlatform: boolean },
): string | undefined {
  return connections
    .filter(
      ({ kind, usableBy }) =>
        kind === 'object-storage' &&
        (isPlatform || (owner !== undefined && usableBy.includes(owner))),
    )
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en'))[0];
}
