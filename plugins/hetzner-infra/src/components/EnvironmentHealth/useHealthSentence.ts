import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatInstant } from '../../ui/format';
import { useLocale } from '../../ui/useLocale';
import { needsOf, serversOf } from './findings';

/** What is known of an environment's resources; nothing yet, where nobody asked for them. */
export interface SeenResources {
  /** What existed when somebody last looked. */
  data?: { items: readonly Resource[]; observedAt: string };
  /** Why the last look failed, so that nobody knows what exists now. */
  error?: Error;
}

/**
 * The state of an environment in words, such as “Running. 3 of 3 servers on. Nothing needs you.”
 * While the provider cannot be read, it says so, and what was last seen when.
 */
export function useHealthSentence(
  environment: Environment,
  { data, error }: SeenResources = {},
): string {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { state } = environment;
  const resources = data?.items;
  const lastSeen = data?.observedAt ?? environment.servers?.observedAt;
  const servers = serversOf(environment, resources);
  const needs = needsOf(environment, resources);
  const isDegraded = state === 'ready' && needs > 0;
  const isAtRest = state === 'ready' || state === 'failed';
  if (error && state !== 'removed') {
    return [
      t(state === 'ready' ? 'health.unknown' : `health.state.${state}`),
      t('health.unreadable'),
      lastSeen &&
        t('health.lastSeen', {
          at: formatInstant(locale, Date.parse(lastSeen)),
        }),
      lastSeen &&
        servers &&
        t('health.servers', {
          on: String(servers.on),
          wanted: String(servers.wanted),
        }),
    ]
      .filter(Boolean)
      .join(' ');
  }
  return [
    t(`health.state.${isDegraded ? 'degraded' : state}`),
    servers &&
      state !== 'removed' &&
      t('health.servers', {
        on: String(servers.on),
        wanted: String(servers.wanted),
      }),
    isAtRest &&
      (needs > 0 ? t('health.needs', { count: needs }) : t('health.nothing')),
  ]
    .filter(Boolean)
    .join(' ');
}
