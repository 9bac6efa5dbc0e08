import { useCallback } from 'react';
import { useKnownTexts } from './useKnownTexts';

/** A part of one pool. Pools stand by name in what differs between two documents. */
const OF_POOL = /^spec\.pools\.(.+)\.(serverType|min|max)$/;

/** A place of the document in the reader's language, by its dotted path; the path where this version has no words for it. */
export function usePlaceInWords(): (path: string) => string {
  const textOf = useKnownTexts();
  return useCallback(
    path => {
      const [, name, part] = OF_POOL.exec(path) ?? [];
      const known =
        part === undefined
          ? textOf(`place.${path}`)
          : textOf(`place.spec.pools.${part}`, { name });
      return known ?? path;
    },
    [textOf],
  );
}
