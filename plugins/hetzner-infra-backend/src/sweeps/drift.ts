import type {
  Deviation,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What differed of one resource in one look. */
export type SeenDrift = {
  kind: string;
  key: string;
  /** Empty for what is missing. */
  providerId: string;
  name: string;
  /** In words; never empty. */
  differences: string[];
  /** The same, field by field; absent for what an older version found. */
  deviations?: Deviation[];
};

/** An interval in which one resource differed. Times are epoch milliseconds. */
export type DriftFinding = SeenDrift & {
  id: string;
  foundAt: number;
  lastSeenAt: number;
  /** Absent while it is open. */
  goneAt?: number;
};

/** What a look changes in the findings of an environment. */
export type DriftChanges = {
  opened: SeenDrift[];
  /** Open ones that were seen again, with the words of this look. */
  seen: ({ id: string } & Pick<
    SeenDrift,
    'name' | 'differences' | 'deviations'
  >)[];
  /** Open ones that were not seen any more. */
  gone: string[];
};

/** What tells findings of one environment apart. */
const identity = ({ kind, key, providerId }: SeenDrift) =>
  JSON.stringify([kind, key, providerId]);

/** The resources of a look that differ. */
export function driftIn(resources: readonly Resource[]): SeenDrift[] {
  return resources
    .filter(({ drift }) => drift.length > 0)
    .map(({ kind, key, providerId = '', name, drift, deviations }) => ({
      kind,
      key,
      providerId,
      name,
      differences: drift,
      ...(deviations && { deviations }),
    }));
}

/**
 * Compares what differs now with the findings that are open. A resource that
 * differs in another way stays one finding with other words.
 */
export function driftChanges(
  open: readonly DriftFinding[],
  seen: readonly SeenDrift[],
): DriftChanges {
  const now = new Map(seen.map(drift => [identity(drift), drift]));
  const known = new Set(open.map(identity));
  return {
    opened: [...now.values()].filter(drift => !known.has(identity(drift))),
    seen: open.flatMap(finding => {
      const drift = now.get(identity(finding));
      return drift
        ? [
            {
              id: finding.id,
              name: drift.name,
              differences: drift.differences,
              ...(drift.deviations && { deviations: drift.deviations }),
            },
          ]
        : [];
    }),
    gone: open
      .filter(finding => !now.has(identity(finding)))
      .map(({ id }) => id),
  };
}

/**
 * What says whether a look at an environment can be trusted: the revision that
 * was wanted, and the operation that worked on it last.
 */
export type Standing = {
  state: string;
  revision: number;
  appliedRevision?: number;
  operation?: { id: string; isOver: boolean };
};

/**
 * Whether differences of an environment are drift: it has stood once and
 * nothing works on it.
 */
export function isWatched(standing: Standing): boolean {
  return (
    (standing.state === 'ready' || standing.state === 'failed') &&
    standing.appliedRevision !== undefined &&
    standing.operation?.isOver !== false
  );
}

/** Whether nothing began, ended or was asked for between two readings. */
export function isUndisturbed(before: Standing, after: Standing): boolean {
  return (
    isWatched(before) &&
    isWatched(after) &&
    before.revision === after.revision &&
    before.operation?.id === after.operation?.id
  );
}
