import type { ActualResource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerCodes, isCode, type Action } from '../clouds/hetzner';
import { requireOwned } from './identity';
import type { RemoveContext } from './ResourceDriver';

/** How one kind of resource is removed. */
export interface Removal {
  /** Waits until nothing runs on it: the provider refuses to delete what it works on. */
  settle?: () => Promise<unknown>;
  liftProtection?: () => Promise<{ action: Action }>;
  delete: () => Promise<Action | undefined>;
}

/**
 * Removes what is ours, lifting its protection first, and waits until it is
 * gone. That it is gone already, at whatever step, is what was wanted.
 *
 * @throws CloudError
 * @throws Error when it is not ours
 */
export async function removeOwned(
  actual: ActualResource,
  { cloud, signal, onProgress }: RemoveContext,
  removal: Removal,
): Promise<void> {
  requireOwned(actual);
  try {
    if (actual.busy) await removal.settle?.();
    if (actual.deleteProtected && removal.liftProtection) {
      const { action } = await removal.liftProtection();
      await cloud.waitFor([action], { signal });
    }
    await cloud.waitFor([await removal.delete()], { signal, onProgress });
  } catch (error) {
    if (!isCode(error, hetznerCodes.notFound)) throw error;
  }
}
