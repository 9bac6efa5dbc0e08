import type { HetznerCloud } from './HetznerCloud';

/** How long a person who looks at a page is kept waiting for the provider, repeated tries included. */
const PATIENCE_SECONDS = 8;

/**
 * A connection for what a person waits for now: it goes before the rest, and
 * reads end with a CloudError `timed_out` when the patience is over. Make one
 * for each thing that is asked for: its time runs from here.
 */
export function interactive(
  cloud: HetznerCloud,
  patienceSeconds = PATIENCE_SECONDS,
): HetznerCloud {
  return cloud.scoped({
    priority: 'interactive',
    signal: AbortSignal.timeout(patienceSeconds * 1000),
  });
}

/** Whether a signal ended because time was over, and nobody cancelled (WHATWG DOM, AbortSignal.timeout). */
export function isOverdue(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && signal.reason?.name === 'TimeoutError';
}
