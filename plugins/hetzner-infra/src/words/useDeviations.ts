import type { Deviation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import type { ToldDifference } from './toldDifferences';
import { useKnownTexts, type KnownTexts } from './useKnownTexts';
import { usePhrases } from './usePhrases';

/** One way in which a resource differs, in the reader's language. */
export interface DeviationInWords {
  /** Field, wanted and found. */
  what: string;
  /** What putting it right does, and what that interrupts. */
  next?: string;
}

/** How a resource differs, in the reader's language; as the backend wrote it where it told no fields. */
export function useDeviations(): (
  told: readonly ToldDifference[],
) => DeviationInWords[] {
  const textOf = useKnownTexts();
  const say = usePhrases();
  return useCallback(
    told =>
      told.map(({ words, deviation }) =>
        deviation
          ? {
              what: whatDiffers(textOf, deviation) ?? words,
              next: [
                textOf(`deviation.next.${deviation.remedy}`),
                deviation.interrupts && say([deviation.interrupts]),
              ]
                .filter(Boolean)
                .join(' '),
            }
          : { what: words },
      ),
    [textOf, say],
  );
}

function whatDiffers(
  textOf: KnownTexts,
  { field, remedy, wanted, found }: Deviation,
): string | undefined {
  // About the resource as a whole.
  if (remedy === 'create') return textOf('deviation.missing');
  if (remedy === 'remove') return textOf('deviation.surplus');
  const name = textOf(`field.${field}`);
  if (!name) return undefined;
  if (!wanted || !found) return textOf('deviation.details', { field: name });
  const inWords = (values: readonly string[]) =>
    values
      .map(value =>
        value === 'on' || value === 'off'
          ? textOf(`deviation.${value}`) ?? value
          : value,
      )
      .join(', ') || textOf('deviation.none')!;
  return textOf('deviation.values', {
    field: name,
    wanted: inWords(wanted),
    found: inWords(found),
  });
}
