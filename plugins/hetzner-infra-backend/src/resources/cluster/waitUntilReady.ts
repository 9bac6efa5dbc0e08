import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError } from '../../clouds/CloudError';
import { sleep, type Clock } from '../../clouds/clock';
import { ownCodes } from '../../clouds/ownCodes';
import { NotReadyInTimeError } from './NotReadyInTimeError';

/** How long, and how often, something is waited for. */
export interface Waiting {
  clock: Clock;
  signal?: AbortSignal;
  timeoutSeconds: number;
  /** Between two looks. */
  pauseSeconds?: number;
  /** Told what is missing, when that changes. */
  onLack?: (lacks: readonly Phrase[]) => void;
}

const PAUSE_SECONDS = 2;

/**
 * Looks until nothing is missing.
 *
 * @param what - for the error: what is waited for
 * @param look - what is missing now
 * @param explain - asked once, when the time is over: what is missing, and why
 * @throws NotReadyInTimeError
 * @throws CloudError `aborted`; what a look throws
 */
export async function waitUntilReady(
  what: string,
  look: () => Promise<Phrase[]>,
  explain: (lacks: Phrase[]) => Promise<Phrase[]>,
  waiting: Waiting,
): Promise<void> {
  const { clock, signal, timeoutSeconds } = waiting;
  const deadline = clock.now() + timeoutSeconds * 1000;
  let told = '';
  for (;;) {
    const lacks = await look();
    if (lacks.length === 0) return;
    const telling = lacks.map(({ text }) => text).join(' ');
    if (telling !== told) waiting.onLack?.(lacks);
    told = telling;
    if (clock.now() >= deadline) {
      throw new NotReadyInTimeError(what, timeoutSeconds, await explain(lacks));
    }
    await sleep(clock, waiting.pauseSeconds ?? PAUSE_SECONDS, signal);
    if (signal?.aborted) {
      throw new CloudError({
        code: ownCodes.aborted,
        message: `Waiting for ${what} was cancelled.`,
        outcome: 'refused',
        operation: { method: 'GET', path: what },
      });
    }
  }
}
