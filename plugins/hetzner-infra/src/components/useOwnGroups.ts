import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** Entity references of the reader's groups; undefined until they are known. */
export function useOwnGroups(): string[] | undefined {
  const identity = useApi(identityApiRef);
  const [groups, setGroups] = useState<string[]>();
  useEffect(() => {
    let isCurrent = true;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => {
        if (isCurrent) {
          setGroups(
            ownershipEntityRefs.filter(ref => ref.startsWith('group:')),
          );
        }
      },
      // Without an identity nothing is one's own.
      () => isCurrent && setGroups([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [identity]);
  return groups;
}
