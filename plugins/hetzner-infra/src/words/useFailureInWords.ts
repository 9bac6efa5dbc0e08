import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';
import { usePhrases } from './usePhrases';

/** A refusal of the API, or why an operation failed. */
export interface ToldFailure {
  message: string;
  code?: string;
  /** What stands in the message of a refusal. */
  params?: Readonly<Record<string, string>>;
  /** The message of an operation in parts. */
  phrases?: readonly Phrase[];
}

/** Why something failed, in the reader's language; as the backend or the provider wrote it where there is no text of ours. */
export function useFailureInWords(): (failure: ToldFailure) => string {
  const textOf = useKnownTexts();
  const say = usePhrases();
  return useCallback(
    ({ message, code, params, phrases }) => {
      if (phrases) return say(phrases);
      // A provider's code comes without values.
      return (
        (params &&
          (textOf(`refusal.${code}`, params) ??
            textOf(`notCancellable.${code}`))) ??
        message
      );
    },
    [textOf, say],
  );
}
