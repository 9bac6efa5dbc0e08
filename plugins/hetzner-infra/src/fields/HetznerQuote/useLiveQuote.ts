import {
  parseEnvironmentDocument,
  type DocumentProblem,
  type EnvironmentDocument,
  type Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import type { InfraError } from '../../api/InfraError';
import { useQuote } from '../../api/queries';
import { useProblemInWords } from '../../words/useProblemInWords';
import { useWarningInWords } from '../../words/useWarningInWords';
import {
  environmentFromForm,
  type EnvironmentForm,
} from '../environmentFromForm';
import { useDebounced } from '../useDebounced';

const DEBOUNCE_MILLISECONDS = 400;

const NO_PROBLEMS: readonly DocumentProblem[] = [];

export interface LiveQuote {
  /**
   * The quote of the form as it stands, or the one before while the next is on its way.
   * Its warnings are in the reader's language.
   */
  quote?: Quote;
  /** Whether `quote` is of the form as it stands. */
  isCurrent: boolean;
  /** The document as it was quoted, while it has no error of its own. */
  document?: object;
  /** What the form describes, while it has no error of its own. */
  environment?: EnvironmentDocument;
  /** What has to be put right before there can be a quote, in the reader's language; found here or by the backend. */
  problems: readonly DocumentProblem[];
  /** Why the backend gave no quote, if not for the document's problems. */
  error?: InfraError;
  reload(): void;
}

/**
 * Quotes the environment that a form describes, whenever typing rests.
 *
 * @param change - for a change: makes the whole document of what stands and the form
 */
export function useLiveQuote(
  form: EnvironmentForm,
  change?: (form: EnvironmentForm) => object,
): LiveQuote {
  // The form is a new object on each key stroke; the document's text tells whether it changed.
  const typed = JSON.stringify((change ?? environmentFromForm)(form));
  const rested = useDebounced(typed, DEBOUNCE_MILLISECONDS);
  const { document, environment, found } = useMemo(() => {
    const input: object = JSON.parse(rested);
    const parsed = parseEnvironmentDocument(input);
    return 'problems' in parsed
      ? { found: parsed.problems }
      : {
          document: input,
          environment: parsed.environment,
          found: NO_PROBLEMS,
        };
  }, [rested]);
  const { data, error, isLoading, reload } = useQuote(document, {
    isChange: change !== undefined,
  });
  // A name in use is among these: the quote is asked for something new.
  const refused = error?.fields ?? NO_PROBLEMS;
  const told: readonly DocumentProblem[] = found.length > 0 ? found : refused;
  const problemInWords = useProblemInWords();
  const problems = useMemo(
    () =>
      told.map(problem => ({ ...problem, message: problemInWords(problem) })),
    [told, problemInWords],
  );
  const warningInWords = useWarningInWords();
  const quote = useMemo(
    () =>
      data && {
        ...data,
        warnings: data.warnings.map(warning => ({
          ...warning,
          message: warningInWords(warning),
        })),
      },
    [data, warningInWords],
  );
  return {
    quote,
    isCurrent:
      typed === rested && document !== undefined && !isLoading && !error,
    document,
    environment,
    problems,
    error: refused.length > 0 || !document ? undefined : error,
    reload,
  };
}
