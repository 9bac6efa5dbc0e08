import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentCost } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../translation';

type Line = Pick<
  EnvironmentCost['lines'][number],
  'key' | 'description' | 'type'
>;

/** A price line in the reader's language; one without words of ours as the API describes it. */
export function useLineInWords(): (line: Line) => string {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return ({ key, description, type }) => {
    if (key === 'public-ipv4') return t('cost.line.addresses');
    if (type === undefined) return description;
    if (key === 'control-plane') return t('cost.line.controlPlane', { type });
    if (key === 'load-balancer') return t('cost.line.loadBalancer', { type });
    return key.startsWith('pool-')
      ? t('cost.line.pool', { name: key.slice('pool-'.length), type })
      : description;
  };
}
