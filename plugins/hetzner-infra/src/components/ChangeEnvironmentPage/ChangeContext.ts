import { createContext, useContext } from 'react';
import type {
  DocumentChange,
  Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What the review of a change needs beside price and order. */
export interface ChangeUnderReview {
  /** What differs from what stands; empty while nothing does. */
  changes: readonly DocumentChange[];
  /** Whether it can be asked for now: nothing else is under way, and nobody changed it meanwhile. */
  isPossible: boolean;
  /** What the environment costs a month now; absent while it was never quoted. */
  before: Environment['monthly'];
}

export const ChangeContext = createContext<ChangeUnderReview | undefined>(
  undefined,
);

/** Throws outside of the page. */
export function useChange(): ChangeUnderReview {
  const change = useContext(ChangeContext);
  if (!change) throw new Error('There is no change around this part.');
  return change;
}
