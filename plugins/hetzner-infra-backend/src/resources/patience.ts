import { note } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isCode } from '../clouds/hetzner';
import { sleep, systemClock } from '../clouds/clock';
import type { RemoveContext } from './ResourceDriver';

/** In sum about two minutes: servers that are made at the same time are attached by then. */
const ATTEMPTS = 12;
const BASE_SECONDS = 1;
const CAP_SECONDS = 15;

/**
 * Tries something again while it fails with one of these codes, saying so each
 * time, a bounded number of times. For what the port does not repeat by itself,
 * because the reason is in the environment and not in the call.
 *
 * @throws CloudError of the last attempt
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  codes: readonly string[],
  { signal, log }: Pick<RemoveContext, 'signal' | 'log'>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isCode(error, ...codes) || failures === ATTEMPTS || signal.aborted) {
        throw error;
      }
      const seconds = Math.min(CAP_SECONDS, BASE_SECONDS * 2 ** (failures - 1));
      log(
        note(
          'again',
          { seconds, reason: error.message },
          `Trying again in ${seconds} s. ${error.message}`,
        ),
      );
      await sleep(systemClock, seconds, signal);
    }
  }
}
