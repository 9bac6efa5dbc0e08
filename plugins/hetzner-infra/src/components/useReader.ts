import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** Entity references of the reader, and of what the reader owns things through; undefined until they are known. */
export function useReader():
  | { ref: string; owns: readonly string[] }
  | undefined {
  const identity = useApi(identityApiRef);
  const [reader, setReader] = useState<{
    ref: string;
    owns: readonly string[];
  }>();
  useEffect(() => {
    let isCurrent = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef, ownershipEntityRefs }) => {
        if (isCurrent) {
          setReader({ ref: userEntityRef, owns: ownershipEntityRefs });
        }
      },
      // Without an identity nothing is one's own.
      () => isCurrent && setReader({ ref: '', owns: [] }),
    );
    return () => {
      isCurrent = false;
    };
  }, [identity]);
  return reader;
}
