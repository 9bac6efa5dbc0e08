import type { InfraError } from './InfraError';
import type { Reachability } from './Reachability';

/** How often it is asked again while the backend does not answer. A hidden tab does not ask. */
export const LOST_RETRY_MILLISECONDS = 3_000;

/** Whether no answer of the backend came at all; a gateway's that it is away is none. */
export const hasNoAnswer = ({ status }: InfraError) => status === 0;

/** Tells whether the backend answered; that it did not counts only for what is shown and gets old. */
export async function noting<T>(
  reachability: Reachability,
  isShown: () => boolean,
  request: Promise<T>,
): Promise<T> {
  try {
    const answer = await request;
    reachability.answered();
    return answer;
  } catch (error) {
    if (!hasNoAnswer(error as InfraError)) {
      // Somebody who asks no more is no answer either.
      if ((error as Error).name !== 'AbortError') reachability.answered();
    } else if (isShown()) {
      reachability.unanswered();
    }
    throw error;
  }
}

/** After a pause, and not before somebody looks: a hidden tab sleeps until it is shown. */
export function onceSeen(then: () => void): void {
  setTimeout(() => {
    if (!document.hidden) {
      then();
      return;
    }
    const onChange = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', onChange);
      then();
    };
    document.addEventListener('visibilitychange', onChange);
  }, LOST_RETRY_MILLISECONDS);
}
