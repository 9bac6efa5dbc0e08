import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { LogLine } from '../../api/followedOperation';

/** The code of the phrase by which the backend says that the provider's rate limit holds it back. */
const RATE_LIMITED = 'rate-limited';

/**
 * What the history says last of what holds the operation back, if that lasts.
 *
 * @param now - milliseconds since 1970
 */
export function heldBackBy(
  log: readonly LogLine[],
  now: number,
): Phrase | undefined {
  return log
    .flatMap(({ phrases = [] }) => phrases)
    .filter(({ code }) => code === RATE_LIMITED)
    .slice(-1)
    .find(({ params }) => Date.parse(params.until) > now);
}
