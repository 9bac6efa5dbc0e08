import {
  betweenTraits,
  type OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { changeTitle } from './changeTitle';
import { useKnownTexts } from './useKnownTexts';
import { usePhrases } from './usePhrases';

/** What of a step, or of a planned change, its title is made of. */
export type TitledChange = Pick<
  OperationStep,
  'change' | 'kind' | 'title' | 'subject'
>;

/** A step or a planned change as a sentence in the reader's language; one without a subject as the backend wrote it. */
export function useChangeTitle(): (change: TitledChange) => string {
  const textOf = useKnownTexts();
  const say = usePhrases();
  return useCallback(
    ({ change, kind, title, subject }) => {
      const bare =
        subject && changeTitle(textOf, { change, kind, name: subject.name });
      if (!bare) return title;
      const traits = say(subject.traits, betweenTraits(kind));
      return traits
        ? textOf('changeTitle.withTraits', { title: bare, traits }) ?? title
        : bare;
    },
    [textOf, say],
  );
}
