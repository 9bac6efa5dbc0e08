import { useCallback } from 'react';
import { HEALTHY_TARGETS } from '../components/Resource/resourceLook';
import { useKnownTexts } from './useKnownTexts';

/** A detail of a resource in the reader's language; one without a text of ours as the API tells it. */
export function useDetailInWords(): (
  label: string,
  value: string,
) => { label: string; value: string } {
  const textOf = useKnownTexts();
  return useCallback(
    (label, value) => {
      const [healthy, total] = value.split(' of ');
      return {
        label: textOf(`detail.${label}`) ?? label,
        value:
          label === HEALTHY_TARGETS && total !== undefined
            ? textOf('someOf', { some: healthy, all: total }) ?? value
            : value,
      };
    },
    [textOf],
  );
}
