import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { changeTitle } from './changeTitle';
import { useKnownTexts, type KnownTexts } from './useKnownTexts';

type Params = Readonly<Record<string, string>>;

/**
 * What the backend says by phrases, in the reader's language. A phrase whose code
 * this version does not know stands as the backend wrote it.
 */
export function usePhrases(): (
  phrases: readonly Phrase[],
  between?: string,
) => string {
  const textOf = useKnownTexts();
  return useCallback(
    (phrases, between = ' ') =>
      phrases
        .map(
          ({ code, params, text }) =>
            textOf(`phrase.${code}`, inWords(textOf, params)) ?? text,
        )
        .join(between),
    [textOf],
  );
}

/** The values of a phrase, those in words that are words of ours. */
function inWords(textOf: KnownTexts, params: Params): Params {
  const { doing, change, kind, name, note, noted } = params;
  const title =
    change && kind && name && changeTitle(textOf, { change, kind, name });
  return {
    ...params,
    ...(doing && { doing: textOf(`doing.${doing}`, params) ?? doing }),
    ...(title && { title }),
    // A note of the provider has no words of ours.
    ...(note && { note: textOf(`note.${note}`, params) ?? noted }),
  };
}
