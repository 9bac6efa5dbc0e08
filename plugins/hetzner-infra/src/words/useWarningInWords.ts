import type { Warning } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';
import { useQuotaName } from './useQuotaName';

type Told = Pick<Warning, 'code' | 'path' | 'message' | 'params'>;

/** A warning of a quote in the reader's language; one whose code this version does not know as the backend wrote it. */
export function useWarningInWords(): (warning: Told) => string {
  const textOf = useKnownTexts();
  const quotaName = useQuotaName();
  return useCallback(
    ({ code, path, message, params }) => {
      // Only a backend older than the texts tells no values.
      if (!params) return message;
      const { quota, opens } = params;
      const part = textOf(`part.${path}`);
      const known = textOf(`warning.${opens ? `${code}.${opens}` : code}`, {
        ...params,
        ...(quota && { quota: quotaName(quota) }),
        ...(part && { part }),
      });
      return known ?? message;
    },
    [textOf, quotaName],
  );
}

/** The part of a document that is priced and not built, in the reader's language. */
export function useUnbuiltPart(): (warning: Told) => string {
  const textOf = useKnownTexts();
  return useCallback(
    ({ path, message }) =>
      textOf(`part.${path}`) ?? message.replace(/:.*$/, ''),
    [textOf],
  );
}
