import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';

/** Where the API tells in words how many targets are healthy. */
const HEALTHY_TARGETS = 'Healthy targets';

/** One detail of a resource in the reader's language, and the API's own label for it. */
export interface DetailInWords {
  key: string;
  label: string;
  value: string;
}

/** The details of a resource in the reader's language; one without a text of ours as the API tells it. */
export function useDetailsInWords(): (
  resource: Pick<Resource, 'details' | 'targets'>,
) => DetailInWords[] {
  const textOf = useKnownTexts();
  return useCallback(
    ({ details = {}, targets }) =>
      Object.entries(details).map(([key, value]) => ({
        key,
        label: textOf(`detail.${key}`) ?? key,
        value:
          key === HEALTHY_TARGETS && targets
            ? textOf('someOf', {
                some: String(targets.healthy),
                all: String(targets.total),
              }) ?? value
            : value,
      })),
    [textOf],
  );
}
