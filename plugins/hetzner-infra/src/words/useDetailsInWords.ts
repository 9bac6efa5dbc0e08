import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import { useKnownTexts, type KnownTexts } from './useKnownTexts';

/** Where the API tells in words how many targets are healthy. */
const HEALTHY_TARGETS = 'Healthy targets';

/** What a provider may not offer. */
const FEATURES = ['Versioning', 'Lifecycle rules', 'Block of public access'];

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
        value: valueInWords(textOf, key, value, targets) ?? value,
      })),
    [textOf],
  );
}

function valueInWords(
  textOf: KnownTexts,
  key: string,
  value: string,
  targets: Resource['targets'],
): string | undefined {
  if (FEATURES.includes(key)) return textOf(`feature.${value}`);
  return key === HEALTHY_TARGETS && targets
    ? textOf('someOf', {
        some: String(targets.healthy),
        all: String(targets.total),
      })
    : undefined;
}
