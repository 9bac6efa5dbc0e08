import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { hetznerInfraTranslationRef } from '../translation';

/** Names of quota lines that have words of their own. */
const QUOTA_NAMES = [
  'servers',
  'loadBalancers',
  'networks',
  'primaryIps',
  'firewalls',
  'placementGroups',
  'certificates',
  'sshKeys',
] as const;

/** A countable thing of a project in the reader's language; one without words of ours as the API calls it. */
export function useQuotaName(): (name: string) => string {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return useCallback(
    name => {
      const known = QUOTA_NAMES.find(of => of === name);
      return known ? t(`quotaName.${known}`) : name;
    },
    [t],
  );
}
