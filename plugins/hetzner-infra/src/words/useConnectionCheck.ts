import type { ConnectionCheck } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';

const OF_CLUSTER = 'cluster-';

/** What the check of a connection found, in the reader's language. */
export function useConnectionCheck(): (check: ConnectionCheck) => string {
  const textOf = useKnownTexts();
  return useCallback(
    ({ code = '', message }) => {
      if (!code.startsWith(OF_CLUSTER)) {
        return textOf(`connectionCheck.${code}`) ?? message;
      }
      const known = textOf(`connectionCheck.${code.slice(OF_CLUSTER.length)}`);
      return (
        (known && textOf('connectionCheck.ofCluster', { message: known })) ??
        message
      );
    },
    [textOf],
  );
}
