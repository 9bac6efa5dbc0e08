import type { DocumentProblem } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';
import { useWarningInWords } from './useWarningInWords';

/**
 * What is wrong with a document in the reader's language; one whose code this version
 * does not know as it was told. A warning that blocks is a problem too, by its own code.
 */
export function useProblemInWords(): (problem: DocumentProblem) => string {
  const textOf = useKnownTexts();
  const warningInWords = useWarningInWords();
  return useCallback(
    ({ code, params, message, path }) =>
      code === undefined
        ? message
        : textOf(`problem.${code}`, params) ??
          warningInWords({ code, params, message, path }),
    [textOf, warningInWords],
  );
}
