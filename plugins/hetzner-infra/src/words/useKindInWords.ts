import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import { kindInWords } from './kindInWords';

const KNOWN = [
  'load-balancer',
  'server',
  'network',
  'firewall',
  'placement-group',
  'certificate',
  'ssh-key',
  'bucket',
] as const;

/** A kind of resource in the reader's language; one without a word of ours as the API calls it. */
export function useKindInWords(): (kind: string) => string {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return useCallback(
    kind => {
      const known = KNOWN.find(of => of === kind);
      return known ? t(`resourceKind.${known}`) : kindInWords(kind);
    },
    [t],
  );
}
