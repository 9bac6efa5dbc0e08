import { useApi } from '@backstage/frontend-plugin-api';
import { useSyncExternalStore } from 'react';
import { hetznerInfraApiRef } from './HetznerInfraApi';
import { Reachability } from './Reachability';

/** When the backend answered last, in milliseconds since 1970; undefined while it answers. */
export function useLostSince(): number | undefined {
  const reachability = Reachability.of(useApi(hetznerInfraApiRef));
  return useSyncExternalStore(reachability.onChange, reachability.lostSince);
}
