import { useMemo } from 'react';
import { useReader } from './useReader';

/** Entity references of the reader's groups; undefined until they are known. */
export function useOwnGroups(): string[] | undefined {
  const reader = useReader();
  return useMemo(
    () => reader?.owns.filter(ref => ref.startsWith('group:')),
    [reader],
  );
}
