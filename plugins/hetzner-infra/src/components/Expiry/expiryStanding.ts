import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isProtected } from '../EnvironmentPage/protection';

/** From when on the end of an environment is news: a day before. */
const SOON_MILLISECONDS = 24 * 3_600_000;

/** How an environment stands to its end. */
export type ExpiryStanding = 'far' | 'soon' | 'over' | 'protected';

/**
 * How an environment stands to its end; undefined when it has none, or goes
 * already. A protected one is no news before its end.
 *
 * @param now - epoch milliseconds
 */
export function expiryStanding(
  environment: Environment,
  now: number,
): ExpiryStanding | undefined {
  const { expiresAt, state } = environment;
  if (!expiresAt || state === 'removing' || state === 'removed') {
    return undefined;
  }
  const left = Date.parse(expiresAt) - now;
  if (isProtected(environment)) return left > 0 ? 'far' : 'protected';
  if (left <= 0) return 'over';
  return left <= SOON_MILLISECONDS ? 'soon' : 'far';
}

/** The end of a day that comes so many days after an end, or after now when that is over. ISO 8601. */
export function extendedBy(
  days: number,
  expiresAt: string,
  now: number,
): string {
  const from = Math.max(Date.parse(expiresAt), now);
  return new Date(from + days * 24 * 3_600_000).toISOString();
}
