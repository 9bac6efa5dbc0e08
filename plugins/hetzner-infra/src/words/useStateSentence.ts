import type {
  Environment,
  Operation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';
import { usePhrases } from './usePhrases';

/** The state of an operation as a sentence in the reader's language. */
export function useOperationSentence(): (
  operation: Pick<Operation, 'sentence' | 'phrases'>,
) => string {
  const say = usePhrases();
  return useCallback(
    ({ sentence, phrases }) => (phrases ? say(phrases) : sentence),
    [say],
  );
}

/** The state of an environment as a sentence in the reader's language. One that stands or is gone says nothing more than that. */
export function useEnvironmentSentence(): (
  environment: Pick<
    Environment,
    'name' | 'state' | 'revision' | 'sentence' | 'phrases'
  >,
) => string {
  const textOf = useKnownTexts();
  const say = usePhrases();
  return useCallback(
    ({ name, state, revision, sentence, phrases }) => {
      if (phrases) return say(phrases);
      const params = { environment: name, revision: String(revision) };
      switch (state) {
        case 'ready':
          return textOf('phrase.environment-as-wanted', params) ?? sentence;
        case 'removed':
          return textOf('phrase.environment-removed', params) ?? sentence;
        default:
          return sentence;
      }
    },
    [textOf, say],
  );
}
