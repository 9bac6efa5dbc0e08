import {
  partId,
  type Lifetime,
  type SeenPart,
  type StoredLifetime,
} from './lifetime';

/** What one look at the provider showed. */
export type Look = {
  /** Epoch milliseconds. What came or went after it may be missing from the look. */
  startedAt: number;
  parts: (SeenPart & {
    /** When the provider made it, epoch milliseconds. */
    createdAt: number;
  })[];
  /** `kind providerId` of what exists and has no price at present. */
  unpriced: ReadonlySet<string>;
};

/** What a look changes in the record. */
export type LifetimeChanges = {
  begun: Lifetime[];
  ended: { id: string; endedAt: number }[];
};

/**
 * What a look changes in the record of an environment. Pure.
 *
 * Looks overlap (pages and operations look at their own times) and may be
 * recorded in another order than they were made, so an older look never undoes
 * what a younger one recorded.
 *
 * @param known - every open lifetime, and those of the parts that are seen
 */
export function lifetimeChanges(
  known: readonly StoredLifetime[],
  look: Look,
): LifetimeChanges {
  const seen = new Map(look.parts.map(part => [partId(part), part]));
  const open = known.filter(({ endedAt }) => endedAt === undefined);
  const ended = open
    .filter(lifetime => lifetime.recordedAt <= look.startedAt)
    .filter(lifetime => {
      const part = seen.get(partId(lifetime));
      return part
        ? !isSamePrice(part, lifetime)
        : !look.unpriced.has(`${lifetime.kind} ${lifetime.providerId}`);
    });
  const isOpen = new Set(
    open.filter(lifetime => !ended.includes(lifetime)).map(partId),
  );
  return {
    ended: ended.map(({ id, startedAt }) => ({
      id,
      endedAt: Math.max(startedAt, look.startedAt),
    })),
    begun: look.parts
      .filter(part => !isOpen.has(partId(part)))
      .flatMap(part => begun(part, known, look)),
  };
}

function begun(
  { createdAt, ...part }: Look['parts'][number],
  known: readonly StoredLifetime[],
  look: Look,
): Lifetime[] {
  const before = known.filter(lifetime => partId(lifetime) === partId(part));
  const isStale = before.some(
    ({ endedAt }) => endedAt !== undefined && endedAt > look.startedAt,
  );
  if (isStale) return [];
  return [
    {
      ...part,
      // What was recorded before is the same thing at another price.
      startedAt:
        before.length > 0
          ? look.startedAt
          : Math.min(createdAt, look.startedAt),
      recordedAt: look.startedAt,
    },
  ];
}

/** The source names the day on which the price was read, so it differs without a change. */
function isSamePrice(a: SeenPart, b: SeenPart): boolean {
  return (
    a.description === b.description &&
    a.currency === b.currency &&
    Number(a.hourly) === Number(b.hourly) &&
    Number(a.monthlyCap) === Number(b.monthlyCap)
  );
}
