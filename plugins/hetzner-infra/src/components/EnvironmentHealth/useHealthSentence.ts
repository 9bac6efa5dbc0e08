import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { findingsOf, serversOf } from './findings';

/** The state of an environment in words, such as “Running. 3 of 3 servers on. Nothing needs you.” */
export function useHealthSentence(
  environment: Environment,
  resources?: readonly Resource[],
): string {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { state } = environment;
  const servers = serversOf(environment, resources);
  const findings = findingsOf(environment, resources);
  const isDegraded = state === 'ready' && findings.length > 0;
  const isAtRest = state === 'ready' || state === 'failed';
  return [
    t(`health.state.${isDegraded ? 'degraded' : state}`),
    servers &&
      state !== 'removed' &&
      t('health.servers', {
        on: String(servers.on),
        wanted: String(servers.wanted),
      }),
    isAtRest &&
      (findings.length > 0
        ? t('health.needs', { count: findings.length })
        : t('health.nothing')),
  ]
    .filter(Boolean)
    .join(' ');
}
