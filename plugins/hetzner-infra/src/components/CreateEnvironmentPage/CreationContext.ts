import { createContext, useContext } from 'react';
import type { LiveQuote } from '../../fields/HetznerQuote/useLiveQuote';
import type { Submission } from './useSubmission';

/** What the parts of the page share: the price of what is described, and the order. */
export interface Creation {
  live: LiveQuote;
  submission: Submission;
  /** The fields of the step in view; none beside the review. */
  fieldsInView: readonly string[];
}

export const CreationContext = createContext<Creation | undefined>(undefined);

/** Throws outside of the page. */
export function useCreation(): Creation {
  const creation = useContext(CreationContext);
  if (!creation) throw new Error('There is no creation around this part.');
  return creation;
}
