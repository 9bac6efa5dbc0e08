import type { Deviation } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** One way in which a resource differs, as the backend tells it. */
export interface ToldDifference {
  /** In the backend's words; empty where it told the field only. */
  words: string;
  /** Field, wanted and found; absent where it told words only. */
  deviation?: Deviation;
}

/**
 * Words and fields of the same differences together, so that what is left out of the one is left out of the
 * other. The backend tells both in the same order.
 */
export function toldDifferences(told: {
  deviations?: readonly Deviation[];
  /** In the backend's words. */
  differences: readonly string[];
}): ToldDifference[] {
  const { deviations, differences } = told;
  return (
    deviations?.map((deviation, index) => ({
      words: differences[index] ?? '',
      deviation,
    })) ?? differences.map(words => ({ words }))
  );
}
