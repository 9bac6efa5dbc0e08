import type { Orphan } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts, type KnownTexts } from './useKnownTexts';

type Told = Pick<Orphan, 'reason' | 'environment' | 'maker' | 'sentence'>;

/** Why something counts as an orphan, in the reader's language. */
export function useOrphanSentence(): (orphan: Told) => string {
  const textOf = useKnownTexts();
  return useCallback(
    orphan => sentenceOf(textOf, orphan) ?? orphan.sentence,
    [textOf],
  );
}

function sentenceOf(
  textOf: KnownTexts,
  { reason, environment, maker }: Told,
): string | undefined {
  switch (reason) {
    case 'left': {
      const who = maker && textOf(`maker.${maker}`);
      if (!who) return undefined;
      return environment
        ? textOf('orphanWhy.left', { maker: who, environment })
        : textOf('orphanWhy.leftByUnknown', { maker: who });
    }
    case 'unknown':
      return environment
        ? textOf('orphanWhy.unknown', { environment })
        : textOf('orphanWhy.nameless');
    default:
      return environment && textOf(`orphanWhy.${reason}`, { environment });
  }
}
